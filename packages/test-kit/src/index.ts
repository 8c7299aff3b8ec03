export { everythingShown } from "./faults/everything-shown.ts";
export {
  type Fault,
  type FaultPlan,
  type FaultyBackend,
  type FaultyCall,
  faultyBackend,
} from "./faults/faulty-backend.ts";
export { createGate, type Gate } from "./faults/gate.ts";
export { type HttpFault, type HttpProxy, startHttpProxy } from "./faults/start-http-proxy.ts";
export { type ProxyMode, startTcpProxy, type TcpProxy } from "./faults/start-tcp-proxy.ts";
export { type VanishingRequest, vanishingRequest } from "./faults/vanishing-request.ts";
export { ExactLog } from "./limits/exact-log.ts";
export { type LimitedCall, type LimitedTraffic, type LimitedWindow, limitedTraffic } from "./limits/limited-traffic.ts";
export { type Cut, cutEverywhere, cutNowhere, cutShifting } from "./model/cut.ts";
export { reportOn } from "./model/report.ts";
export { type StandInModel, type StandInModelOptions, startStandInModel } from "./model/stand-in-model.ts";
export { documentsOfProcess, instanceId, type Workload } from "./numbering/instance-ids.ts";
export { createNumberingLedger, type NumberingLedger } from "./numbering/numbering-ledger.ts";
export { spelledPaths } from "./paths/spelled-paths.ts";
export { adminClient, askServer, disconnectClients } from "./redis/admin-client.ts";
export { type CommandMonitor, monitorCommands } from "./redis/monitor-commands.ts";
export { type OwnRedis, ownRedis, type TransactingRedis } from "./redis/own-redis.ts";
export { findRedisServer } from "./redis/redis-binary.ts";
export {
  type RedisConnectionOptions,
  type RedisServer,
  type RedisServerOptions,
  startRedis,
} from "./redis/start-redis.ts";
export { type RedisCluster, type RedisClusterOptions, startRedisCluster } from "./redis/start-redis-cluster.ts";
export { type SentinelGroup, type SentinelOptions, startSentinel } from "./redis/start-sentinel.ts";
export { makeTlsFiles, type TlsFiles } from "./redis/tls-files.ts";
export { increment } from "./scripts/increment.ts";
export { until } from "./until.ts";
export { startWorkerd, type Workerd, type WorkerdOptions } from "./workerd/start-workerd.ts";
