# Every image at once, for the pipeline: docker buildx bake. On a laptop: npm run images.

variable "REGISTRY" {
  default = "localhost"
}

variable "TAG" {
  default = "dev"
}

variable "REVISION" {
  default = "unknown"
}

variable "SOURCE" {
  default = "unknown"
}

# Such as gha: where layers are kept from one run to the next.
variable "CACHE" {
  default = ""
}

group "default" {
  targets = ["services", "beside"]
}

# What a cluster runs: as many as the registry's plan has repositories.
group "services" {
  targets = ["backend", "recurring-task", "notification", "audit", "realtime"]
}

group "beside" {
  targets = ["topics", "standalone"]
}

target "image" {
  name = program
  matrix = {
    program = ["backend", "recurring-task", "notification", "audit", "realtime", "topics", "standalone"]
  }
  context = "."
  target  = program
  tags    = ["${REGISTRY}/todo-cloud-${program}:${TAG}"]
  args = {
    REVISION = REVISION
    SOURCE   = SOURCE
    VERSION  = TAG
  }
  cache-from = CACHE == "" ? [] : ["type=${CACHE},scope=${program}"]
  cache-to   = CACHE == "" ? [] : ["type=${CACHE},scope=${program},mode=max"]
}
