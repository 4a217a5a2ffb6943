{{/* Annotations that make the sidecar of a service. Takes {root, name, service, fullname}. */}}
{{- define "todo.sidecar" -}}
{{- $sidecar := merge (dict) (.service.sidecar | default dict) .root.Values.sidecar -}}
{{- $wired := get (.root.Files.Get "files/wiring.yaml" | fromYaml) .name -}}
dapr.io/enabled: "true"
dapr.io/app-id: {{ .name }}
dapr.io/app-port: "8080"
dapr.io/app-protocol: http
dapr.io/config: {{ .fullname }}
dapr.io/api-token-secret: {{ .fullname }}-api-token
dapr.io/app-token-secret: {{ .fullname }}-app-token
dapr.io/app-max-concurrency: {{ $sidecar.maxConcurrency | quote }}
# A sidecar that ends its subscriptions and soon makes them again may lose one without a word: it does not ask how its app
# is. The service looks whether its subscriptions are there, and Kubernetes asks the service.
dapr.io/enable-app-health-check: "false"
dapr.io/log-as-json: "true"
dapr.io/log-level: {{ $sidecar.logLevel }}
dapr.io/enable-metrics: "true"
dapr.io/metrics-port: "9090"
dapr.io/max-body-size: 8Mi
# It takes no more events from the moment that both are told to end, and serves its app until that has drained.
dapr.io/block-shutdown-duration: 20s
dapr.io/graceful-shutdown-seconds: "5"
dapr.io/disable-builtin-k8s-secret-store: "true"
{{- if include "todo.readsSecrets" (list .root $wired) }}
dapr.io/volume-mounts: secret-reader:/var/run/secrets/kubernetes.io/serviceaccount
{{- end }}
dapr.io/sidecar-seccomp-profile-type: RuntimeDefault
dapr.io/sidecar-readiness-probe-period-seconds: "2"
# On a node with much else to do it takes longer to start than three failures of the probe, and would be ended for it.
dapr.io/sidecar-liveness-probe-delay-seconds: "60"
{{- with $sidecar.resources }}
dapr.io/sidecar-cpu-request: {{ .requests.cpu | quote }}
dapr.io/sidecar-memory-request: {{ .requests.memory | quote }}
{{- with .limits.cpu }}
dapr.io/sidecar-cpu-limit: {{ . | quote }}
{{- end }}
dapr.io/sidecar-memory-limit: {{ .limits.memory | quote }}
{{- end }}
{{- /* A core is far more than a sidecar needs, and with several it spends some of them on looking for work. */}}
{{- $env := list "GOMAXPROCS=1" }}
{{- with .root.Values.tracing.otlpEndpoint }}
{{- $env = append $env (printf "OTEL_EXPORTER_OTLP_ENDPOINT=%s,OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf,OTEL_EXPORTER_OTLP_INSECURE=%t" . (hasPrefix "http://" .)) }}
{{- end }}
dapr.io/env: {{ join "," $env | quote }}
{{- end -}}

{{/* The environment of a service. Takes {root, name, service, wired, fullname}. */}}
{{- define "todo.serviceEnv" -}}
{{- $values := .root.Values -}}
{{- $fullname := include "todo.fullname" .root -}}
- { name: HOST, value: 0.0.0.0 }
- { name: APP_PORT, value: "8080" }
- { name: NOTES_DIR, value: /notes }
- { name: REPLICA, valueFrom: { fieldRef: { fieldPath: metadata.name } } }
- { name: LOG_LEVEL, value: {{ .service.logLevel | default $values.logLevel }} }
# Until the last proxy knows that it is going.
- { name: DRAIN_MS, value: "5000" }
- name: DAPR_API_TOKEN
  valueFrom: { secretKeyRef: { name: {{ .fullname }}-api-token, key: token } }
- name: APP_API_TOKEN
  valueFrom: { secretKeyRef: { name: {{ .fullname }}-app-token, key: token } }
{{- with and (eq .wired.secretsFrom "dapr") (include "todo.daprSecrets" (list .root .wired)) }}
- { name: SECRET_STORE, value: secrets }
- { name: SECRET_NAME, value: {{ . | quote }} }
{{- end }}
{{- if and (eq .wired.secretsFrom "environment") .wired.usesDatabase }}
{{ include "todo.databaseEnv" .root }}
{{- if include "todo.hasPooler" .root }}
- name: DATABASE_POOLED_URL
  valueFrom: { secretKeyRef: { name: {{ include "todo.secretName" (list .root "database") }}, key: database-pooled-url } }
{{- end }}
{{- end }}
{{- if .wired.usesDatabase }}
- { name: DATABASE_CONNECTIONS, value: {{ .service.databaseConnections | quote }} }
{{- end }}
{{- if .wired.migrates }}
- { name: MIGRATIONS, value: {{ ternary "await" "apply" (eq (include "todo.migratesByJob" .root) "true") }} }
{{- end }}
{{- if eq .wired.secretsFrom "environment" }}
{{- range $variable, $which := .wired.secrets }}
- name: {{ $variable }}
  valueFrom: { secretKeyRef: { name: {{ include "todo.secretName" (list $.root $which) }}, key: {{ $variable | lower | replace "_" "-" }} } }
{{- end }}
{{- end }}
{{- if .wired.writesLinks }}
- { name: PUBLIC_URL, value: {{ include "todo.publicUrl" .root | quote }} }
{{- end }}
{{- if eq .name "backend" }}
- { name: REALTIME_URL, value: {{ printf "http://%s-realtime.%s.svc.%s:8080" $fullname .root.Release.Namespace $values.clusterDomain | quote }} }
- { name: TRUST_PROXY, value: {{ $values.trustProxy | quote }} }
{{- if not (hasKey (.service.env | default dict) "CONFIRM_EMAIL") }}
- name: CONFIRM_EMAIL
  value: {{ ternary "required" "off" (and (eq (include "todo.hasMail" .root) "true") (hasPrefix "https://" (include "todo.publicUrl" .root))) | quote }}
{{- end }}
{{- end }}
{{- with $values.tracing.otlpEndpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- with $values.dapr.jobsApi }}
- { name: JOBS_API, value: {{ . | quote }} }
{{- end }}
{{- with .service.env }}
{{- range $variable, $value := . }}
- { name: {{ $variable }}, value: {{ $value | quote }} }
{{- end }}
{{- end }}
{{- end -}}

{{- define "todo.publicUrl" -}}
{{- required "publicUrl is needed: the address under which people reach the app, such as https://todo.example.org" .Values.publicUrl -}}
{{- end -}}
