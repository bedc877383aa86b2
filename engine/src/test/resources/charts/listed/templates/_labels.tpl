{{- define "listed.labels" -}}
app.kubernetes.io/name: listed
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
