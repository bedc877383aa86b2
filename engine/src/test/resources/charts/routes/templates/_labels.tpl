{{- define "routes.labels" -}}
app.kubernetes.io/name: routes
app.kubernetes.io/instance: {{ .Values.instance | default .Release.Name }}
{{- end -}}
