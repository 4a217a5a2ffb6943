# What is paid for by the month. What runs on the cluster is installed by install.sh: README.md says why.

data "digitalocean_kubernetes_versions" "minor" {
  version_prefix = "${var.kubernetes_minor}."
}

resource "digitalocean_vpc" "main" {
  name     = var.name
  region   = var.region
  ip_range = var.vpc_range
}

resource "digitalocean_container_registry" "main" {
  name                   = var.registry_name
  subscription_tier_slug = var.registry_tier
  region                 = var.region
}

resource "digitalocean_kubernetes_cluster" "main" {
  name     = var.name
  region   = var.region
  version  = data.digitalocean_kubernetes_versions.minor.latest_version
  vpc_uuid = digitalocean_vpc.main.id

  # On from 1.36 on when left out, with its price.
  ha = var.ha_control_plane

  # A new node comes before an old one goes.
  surge_upgrade = true
  auto_upgrade  = true

  maintenance_policy {
    day        = "sunday"
    start_time = "03:00"
  }

  # It would only reach the default service account, which the app does not use; README.md makes its own secret.
  registry_integration = false

  kubeconfig_expire_seconds = 3600

  node_pool {
    name       = "main"
    size       = var.node_size
    node_count = var.nodes_max == null ? var.nodes : null
    auto_scale = var.nodes_max != null
    min_nodes  = var.nodes_max == null ? null : var.nodes
    max_nodes  = var.nodes_max
  }
}
