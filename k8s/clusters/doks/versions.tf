terraform {
  required_version = ">= 1.9.0"

  required_providers {
    digitalocean = {
      source  = "digitalocean/digitalocean"
      version = ">= 2.99.1, < 3.0.0"
    }
  }
}

# The token comes from DIGITALOCEAN_TOKEN: it is in no file and in no state.
provider "digitalocean" {}
