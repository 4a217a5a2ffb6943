import { z } from 'zod'

/** What `npm run test:cluster` has to be told of the cluster. */
export const ClusterConfig = z.object({
  KUBECONFIG: z
    .string({ error: 'is needed: the file that tells kubectl where a cluster with Dapr is, and who you are there' })
    .describe('The cluster, with Dapr installed by its chart'),
  LOAD_IMAGES: z
    .string({ error: 'is needed: a command that takes docker archives and puts their images onto the nodes' })
    .describe(
      'Command that takes docker archives and puts their images onto the nodes, such as one around "kind load image-archive"',
    ),
  POSTGRES_IMAGE: z
    .string()
    .optional()
    .describe('PostgreSQL 18 that the nodes have or can pull; the chart’s own when left out'),
  KAFKA_IMAGE: z.string().optional().describe('Kafka 4 that the nodes have or can pull; the chart’s own when left out'),
  KAFKA_LIBS: z.string().optional().describe('Folder of the jars in that image'),
  POD_LABELS: z
    .string()
    .default('')
    .describe('Labels that Dapr’s injector wants on pods, such as dapr=on; none when left out'),
  CLUSTER_DEFINITIONS: z
    .string()
    .optional()
    .describe('Folder of definitions of Strimzi, KEDA and the Prometheus operator, where the cluster has none'),
  CLUSTER_URL: z
    .string()
    .optional()
    .describe('Address that people reach the app under; the Service’s own when left out, where it answers from here'),
  TEST_HOST_ADDRESS: z
    .string()
    .optional()
    .describe('Address of this machine that pods reach; the one that speaks to the API server when left out'),
  FREEZE_NODE: z.string().optional().describe('Command that stops the kubelet of the node that the app runs on'),
  THAW_NODE: z.string().optional().describe('Command that lets it go on'),
  KEEP_IMAGES: z.string().optional().describe('Takes the images of the run before, which the nodes have'),
  KEEP_RELEASE: z.string().optional().describe('Leaves the release and its namespace in the cluster'),
})
export type ClusterConfig = z.infer<typeof ClusterConfig>
