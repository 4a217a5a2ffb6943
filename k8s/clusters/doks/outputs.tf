output "cluster_name" {
  description = "What doctl and the pipeline call the cluster."
  value       = digitalocean_kubernetes_cluster.main.name
}

output "kubernetes_version" {
  description = "The patch that was taken."
  value       = digitalocean_kubernetes_cluster.main.version
}

output "registry" {
  description = "Value of image.registry."
  value       = digitalocean_container_registry.main.endpoint
}

output "connect" {
  description = "Writes credentials for kubectl and helm."
  value       = "doctl kubernetes cluster kubeconfig save ${digitalocean_kubernetes_cluster.main.name}"
}
