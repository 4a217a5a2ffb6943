{{/* The name that all resources begin with. */}}
{{- define "todo.fullname" -}}
{{- if contains "." .Release.Name }}{{ fail "a release of this chart must not have a dot in its name: Services have its name" }}{{ end -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains "todo" .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-todo" .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels of everything. */}}
{{- define "todo.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/name: todo-app-cloud
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ include "todo.version" . | replace "+" "_" | trunc 63 | trimSuffix "-" | trimSuffix "." | trimSuffix "_" | quote }}
app.kubernetes.io/part-of: todo-cloud
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* What a Service, a Deployment or a policy finds pods by. Takes [root, component]. */}}
{{- define "todo.selector" -}}
app.kubernetes.io/name: todo-app-cloud
app.kubernetes.io/instance: {{ (index . 0).Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "todo.version" -}}
{{- .Values.image.tag | default .Chart.AppVersion -}}
{{- end -}}

{{/* Address of an image of ours: by digest where there is one. Takes [root, name]. */}}
{{- define "todo.image" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $image := $root.Values.image -}}
{{- $repository := printf "%s%s" $image.prefix $name -}}
{{- if $image.registry }}{{ $repository = printf "%s/%s" $image.registry $repository }}{{ end -}}
{{- $digest := get $image.digests $name -}}
{{- if $digest -}}{{ $repository }}@{{ $digest }}{{- else -}}{{ $repository }}:{{ include "todo.version" $root }}{{- end -}}
{{- end -}}

{{- define "todo.imagePull" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Name of a secret: auth, stream and channel, which the app makes up for itself at the first installation; smtp and database,
which somebody gives. Takes [root, which].
*/}}
{{- define "todo.secretName" -}}
{{- $root := index . 0 -}}
{{- $which := index . 1 -}}
{{- $values := $root.Values -}}
{{- $existing := get $values.existingSecrets $which -}}
{{- if and (eq $which "database") (eq $values.postgres.mode "single") }}{{ $existing = "" }}{{ end -}}
{{- $existing | default (printf "%s-%s" (include "todo.fullname" $root) $which) -}}
{{- end -}}

{{/* Names of the secrets that the sidecar of a service reads for it. Takes [root, wired]. */}}
{{- define "todo.daprSecrets" -}}
{{- $root := index . 0 -}}
{{- $wired := index . 1 -}}
{{- $names := list -}}
{{- if $wired.usesDatabase }}{{ $names = append $names (include "todo.secretName" (list $root "database")) }}{{ end -}}
{{- range $variable, $which := $wired.secrets -}}
{{- if or (ne $which "smtp") (include "todo.hasMail" $root) -}}
{{- $names = append $names (include "todo.secretName" (list $root $which)) -}}
{{- end -}}
{{- end -}}
{{- $names | uniq | join "," -}}
{{- end -}}

{{/* Whether its sidecar reads secrets for a service. Takes [root, wired]. */}}
{{- define "todo.readsSecrets" -}}
{{- if eq (index . 1).secretsFrom "dapr" }}{{ include "todo.daprSecrets" . }}{{ end -}}
{{- end -}}

{{- define "todo.hasPooler" -}}
{{- $external := .Values.postgres.external -}}
{{- if and $external.pooled (not .Values.existingSecrets.database) }}{{ fail "postgres.external.pooled says what the secret existingSecrets.database has: set that, or postgres.external.pooledUrl" }}{{ end -}}
{{- if and (eq .Values.postgres.mode "external") (or $external.pooledUrl $external.pooled) -}}true{{- end -}}
{{- end -}}

{{- define "todo.hasMail" -}}
{{- if or .Values.smtp.url .Values.existingSecrets.smtp -}}true{{- end -}}
{{- end -}}

{{/* The whole restricted profile of Pod Security, for a container. */}}
{{- define "todo.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{/* … and for a container beside one of another user: Dapr's sidecar insists on its own. Takes a user id. */}}
{{- define "todo.containerSecurityAs" -}}
{{ include "todo.containerSecurity" . }}
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
{{- end -}}

{{/* … and for a pod with a sidecar. Takes the group of what is on its volumes. */}}
{{- define "todo.sharedPodSecurity" -}}
securityContext:
  runAsNonRoot: true
  fsGroup: {{ . }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{/* … and for any other pod. Takes a user id, which is its group too. */}}
{{- define "todo.podSecurity" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ . }}
  runAsGroup: {{ . }}
  fsGroup: {{ . }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{/* Where a pod of a Job or a part without a service account's rights runs. */}}
{{- define "todo.plainPod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- include "todo.imagePull" . }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* DATABASE_URL of a container, out of the secret. */}}
{{- define "todo.databaseEnv" -}}
- name: DATABASE_URL
  valueFrom: { secretKeyRef: { name: {{ include "todo.secretName" (list . "database") }}, key: database-url } }
{{- end -}}

{{/*
Whether a Job migrates, before the services of a new version start. A database of the chart itself has to be there for that,
and to answer: the services make their tables at its first installation, and where it was broken before.
*/}}
{{- define "todo.migratesByJob" -}}
{{- if or (eq .Values.postgres.mode "external") .Values.migrations.dryRun -}}true
{{- else -}}
{{- $database := lookup "apps/v1" "StatefulSet" .Release.Namespace (include "todo.postgres.name" .) | default dict -}}
{{- if gt (int (get ($database.status | default dict) "readyReplicas")) 0 -}}true{{- end -}}
{{- end -}}
{{- end -}}
