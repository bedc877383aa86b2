{{- define "labels" -}}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
{{- /* A Job that ends at once: (list $ NAME HOOKS POLICY). */ -}}
{{- define "hook" -}}
{{- $ := index . 0 -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $.Release.Name }}-{{ index . 1 }}
  labels:
    {{- include "labels" $ | nindent 4 }}
  annotations:
    helm.sh/hook: {{ index . 2 }}
    helm.sh/hook-weight: "1"
    helm.sh/hook-delete-policy: {{ index . 3 }}
spec:
  backoffLimit: 0
  template:
    metadata:
      labels:
        {{- include "labels" $ | nindent 8 }}
    spec:
      restartPolicy: Never
      containers:
        - name: job
          image: {{ $.Values.job.image }}
          args: [help]
          envFrom:
            - configMapRef:
                name: {{ $.Release.Name }}-jobs
                optional: true
{{- end -}}
