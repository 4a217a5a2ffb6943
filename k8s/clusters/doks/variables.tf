variable "name" {
  description = "Name of the cluster and its network."
  type        = string
  default     = "todo-cloud"
}

variable "region" {
  description = "Region of everything; take the one next to the database (fra1 is next to Neon's aws-eu-central-1)."
  type        = string
  default     = "fra1"
}

variable "kubernetes_minor" {
  description = "Minor version of Kubernetes; its newest patch is taken, and patches follow by themselves."
  type        = string
  default     = "1.34"

  validation {
    condition     = can(regex("^1\\.[0-9]+$", var.kubernetes_minor))
    error_message = "Such as 1.34, without a patch."
  }
}

variable "node_size" {
  description = "Size of a node."
  type        = string
  default     = "s-2vcpu-4gb"
}

variable "nodes" {
  description = "Number of nodes, and the smallest one when the pool grows by itself."
  type        = number
  default     = 2

  validation {
    condition     = var.nodes >= 2
    error_message = "With one node the app is gone while that node is upgraded or lost."
  }
}

variable "nodes_max" {
  description = "The pool grows by itself up to this number; null keeps it at nodes."
  type        = number
  default     = null
}

variable "ha_control_plane" {
  description = "A second control plane, for a monthly price; it cannot be taken back."
  type        = bool
  default     = false
}

variable "vpc_range" {
  description = "Addresses of the private network."
  type        = string
  default     = "10.42.0.0/20"
}

variable "registry_name" {
  description = "Name of the container registry, which is unique among all of DigitalOcean's."
  type        = string
}

variable "registry_tier" {
  description = "Plan of the registry: basic has five repositories, one for each service."
  type        = string
  default     = "basic"

  validation {
    condition     = contains(["basic", "professional"], var.registry_tier)
    error_message = "The five services need five repositories, which the starter plan does not have."
  }
}

variable "domain" {
  description = "A domain whose name servers are DigitalOcean's; null when the DNS is elsewhere."
  type        = string
  default     = null
}

variable "host" {
  description = "Name of the app below the domain; @ is the domain itself."
  type        = string
  default     = "todo"
}

variable "load_balancer_ip" {
  description = "Address of the ingress' load balancer, known after install.sh; the record is made when it is set."
  type        = string
  default     = null
}
