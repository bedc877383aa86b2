{{- define "shop.labels" -}}
app.kubernetes.io/name: shop
app.kubernetes.io/instance: {{ .Values.instance | default .Release.Name }}
{{- end -}}
