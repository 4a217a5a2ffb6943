{{- define "todo.postgres.name" -}}{{ include "todo.fullname" . }}-postgres{{- end -}}

{{/* Ports of the database, separated by commas: those of the addresses where they are given, else what is set for a secret's. */}}
{{- define "todo.postgres.ports" -}}
{{- $external := .Values.postgres.external -}}
{{- if eq .Values.postgres.mode "single" -}}5432
{{- else if .Values.existingSecrets.database -}}{{ join "," $external.ports }}
{{- else -}}
{{- $ports := list -}}
{{- range list $external.url $external.pooledUrl -}}
{{- if . }}{{ $ports = append $ports (regexFind ":[0-9]+$" (urlParse .).host | trimPrefix ":" | default "5432") }}{{ end -}}
{{- end -}}
{{- join "," $ports -}}
{{- end -}}
{{- end -}}

{{- define "todo.databaseSecret" -}}
{{- $name := include "todo.secretName" (list . "database") }}
{{- if eq .Values.postgres.mode "single" }}
{{- $known := (lookup "v1" "Secret" .Release.Namespace $name).data | default dict }}
{{- $password := get $known "password" | b64dec | default (randAlphaNum 32) }}
---
# Kept when the release goes, as its volume is.
apiVersion: v1
kind: Secret
metadata:
  name: {{ $name }}
  labels:
    {{- include "todo.labels" . | nindent 4 }}
  annotations: { helm.sh/resource-policy: keep }
type: Opaque
stringData:
  password: {{ $password }}
  database-url: {{ printf "postgres://todo:%s@%s.%s.svc.%s:5432/todo" $password (include "todo.postgres.name" .) .Release.Namespace .Values.clusterDomain }}
{{- else if not .Values.existingSecrets.database }}
---
apiVersion: v1
kind: Secret
metadata:
  name: {{ $name }}
  labels:
    {{- include "todo.labels" . | nindent 4 }}
type: Opaque
stringData:
  {{- include "todo.externalUrls" . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "todo.externalUrls" -}}
database-url: {{ required "postgres.external.url is needed with postgres.mode external, or existingSecrets.database: the name of a secret with the key database-url" .Values.postgres.external.url | quote }}
{{- with .Values.postgres.external.pooledUrl }}
database-pooled-url: {{ . | quote }}
{{- end }}
{{- end -}}
