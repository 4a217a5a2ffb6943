{{- define "todo.kafka.name" -}}{{ include "todo.fullname" . }}-kafka{{- end -}}

{{/* host:port of the brokers, separated by commas. */}}
{{- define "todo.kafka.brokers" -}}
{{- $name := include "todo.kafka.name" . -}}
{{- $domain := printf "%s.svc.%s" .Release.Namespace .Values.clusterDomain -}}
{{- if eq .Values.kafka.mode "external" -}}
{{- required "kafka.external.brokers is needed with kafka.mode external: host:port, several separated by commas" .Values.kafka.external.brokers -}}
{{- else if eq .Values.kafka.mode "strimzi" -}}
{{- printf "%s-kafka-bootstrap.%s:9093" $name $domain -}}
{{- else -}}
{{- printf "%s.%s:9092" $name $domain -}}
{{- end -}}
{{- end -}}

{{/* Ports that brokers answer on, for the policies. */}}
{{- define "todo.kafka.ports" -}}
{{- if eq .Values.kafka.mode "external" -}}
{{- range splitList "," .Values.kafka.external.brokers }}
- { protocol: TCP, port: {{ splitList ":" (trim .) | last | int }} }
{{- end -}}
{{- else if eq .Values.kafka.mode "strimzi" }}
- { protocol: TCP, port: 9093 }
{{- else }}
- { protocol: TCP, port: 9092 }
{{- end -}}
{{- end -}}

{{/* How a sidecar shows the brokers who it is: metadata of its Pub/Sub components. */}}
{{- define "todo.kafka.metadata" -}}
{{- $external := .Values.kafka.external -}}
- name: brokers
  value: {{ include "todo.kafka.brokers" . }}
{{- if eq .Values.kafka.mode "strimzi" }}
{{- $name := include "todo.kafka.name" . }}
- name: authType
  value: mtls
- name: caCert
  secretKeyRef: { name: {{ $name }}-cluster-ca-cert, key: ca.crt }
- name: clientCert
  secretKeyRef: { name: {{ $name }}-services, key: user.crt }
- name: clientKey
  secretKeyRef: { name: {{ $name }}-services, key: user.key }
{{- else if and (eq .Values.kafka.mode "external") $external.sasl.mechanism }}
- name: authType
  value: password
- name: saslMechanism
  value: {{ get (dict "PLAIN" "PLAINTEXT" "SCRAM-SHA-256" "SHA-256" "SCRAM-SHA-512" "SHA-512") $external.sasl.mechanism }}
- name: saslUsername
  secretKeyRef: { name: {{ $external.sasl.existingSecret }}, key: username }
- name: saslPassword
  secretKeyRef: { name: {{ $external.sasl.existingSecret }}, key: password }
{{- else }}
- name: authType
  value: none
{{- end }}
{{- if and (eq .Values.kafka.mode "external") $external.tls.enabled }}
- name: disableTls
  value: "false"
{{- with $external.tls.caSecret }}
- name: caCert
  secretKeyRef: { name: {{ . }}, key: ca.crt }
{{- end }}
{{- else if ne .Values.kafka.mode "strimzi" }}
- name: disableTls
  value: "true"
{{- end }}
{{- end -}}

{{/* What every topic is made with, out of the file that this machine's Kafka has too. */}}
{{- define "todo.kafka.topics" -}}
{{- .Files.Get "files/topics.yaml" -}}
{{- end -}}
