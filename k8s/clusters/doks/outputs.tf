output "cluster_name" {
  description = "What doctl calls the cluster."
  value       = digitalocean_kubernetes_cluster.main.name
}

output "cluster_id" {
  description = "The variable CLUSTER_ID of the environment production."
  value       = digitalocean_kubernetes_cluster.main.id
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
