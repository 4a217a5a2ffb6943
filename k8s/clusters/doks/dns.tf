resource "digitalocean_domain" "main" {
  count = var.domain == null ? 0 : 1
  name  = var.domain
}

resource "digitalocean_record" "app" {
  count  = var.domain == null || var.load_balancer_ip == null ? 0 : 1
  domain = digitalocean_domain.main[0].id
  type   = "A"
  name   = var.host
  value  = var.load_balancer_ip
  ttl    = 300
}
