// Dapr's scheduler for one machine: the same server, but only on the loopback interface. Dapr's own program answers its
// health and metrics on every interface.
package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"strconv"

	"github.com/dapr/dapr/cmd/scheduler/options"
	"github.com/dapr/dapr/pkg/healthz"
	"github.com/dapr/dapr/pkg/modes"
	"github.com/dapr/dapr/pkg/scheduler/monitoring"
	"github.com/dapr/dapr/pkg/scheduler/server"
	"github.com/dapr/dapr/pkg/security"
	"github.com/dapr/kit/concurrency"
	"github.com/dapr/kit/logger"
	"github.com/dapr/kit/signals"
)

var log = logger.NewLogger("dapr.scheduler")

func main() {
	opts, err := options.New(os.Args[1:])
	if err == nil {
		err = logger.ApplyOptionsToLoggers(&opts.Logger)
	}
	if err == nil {
		err = monitoring.InitMetrics()
	}
	if err == nil {
		err = run(signals.Context(), opts)
	}
	if err != nil {
		log.Fatalf("The scheduler ended: %v", err)
	}
}

func run(ctx context.Context, opts *options.Options) error {
	health := healthz.New()
	provider, err := security.New(ctx, security.Options{
		Mode:                    modes.StandaloneMode,
		AppID:                   "dapr-scheduler",
		ControlPlaneTrustDomain: opts.TrustDomain,
		ControlPlaneNamespace:   security.CurrentNamespace(),
		Healthz:                 health,
	})
	if err != nil {
		return err
	}
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(opts.HealthzPort))
	return concurrency.NewRunnerManager(
		provider.Run,
		func(ctx context.Context) error { return serveHealth(ctx, health, address) },
		func(ctx context.Context) error {
			handler, err := provider.Handler(ctx)
			if err != nil {
				return err
			}
			scheduler, err := newServer(opts, handler, health)
			if err != nil {
				return err
			}
			return scheduler.Run(ctx)
		},
	).Run(ctx)
}

func newServer(opts *options.Options, handler security.Handler, health healthz.Healthz) (*server.Server, error) {
	return server.New(server.Options{
		Mode:                      modes.StandaloneMode,
		Security:                  handler,
		Healthz:                   health,
		ListenAddress:             "127.0.0.1",
		Port:                      opts.Port,
		OverrideBroadcastHostPort: opts.OverrideBroadcastHostPort,

		EtcdEmbed:                true,
		EtcdName:                 opts.ID,
		EtcdDataDir:              opts.EtcdDataDir,
		EtcdInitialCluster:       opts.EtcdInitialCluster,
		EtcdClientPort:           opts.EtcdClientPort,
		EtcdSpaceQuota:           opts.EtcdSpaceQuota,
		EtcdCompactionMode:       opts.EtcdCompactionMode,
		EtcdCompactionRetention:  opts.EtcdCompactionRetention,
		EtcdSnapshotCount:        opts.EtcdSnapshotCount,
		EtcdMaxSnapshots:         opts.EtcdMaxSnapshots,
		EtcdMaxWALs:              opts.EtcdMaxWALs,
		EtcdBackendBatchLimit:    opts.EtcdBackendBatchLimit,
		EtcdBackendBatchInterval: opts.EtcdBackendBatchInterval,
		EtcdDefragThresholdMB:    opts.EtcdDefragThresholdMB,
		EtcdMetrics:              opts.EtcdMetrics,
		// Alone, it need not wait for others before it leads.
		EtcdInitialElectionTickAdvance: true,
	})
}

func serveHealth(ctx context.Context, health healthz.Healthz, address string) error {
	handler := http.NewServeMux()
	handler.HandleFunc("/healthz", func(writer http.ResponseWriter, _ *http.Request) {
		if !health.IsReady() {
			writer.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	program := &http.Server{Addr: address, Handler: handler}
	context.AfterFunc(ctx, func() { _ = program.Close() })
	if err := program.ListenAndServe(); err != http.ErrServerClosed {
		return err
	}
	return nil
}
