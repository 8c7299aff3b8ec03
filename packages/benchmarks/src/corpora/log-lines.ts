import type { Random } from "./random.ts";

const services = ["checkout", "catalog", "inventory", "billing", "search", "gateway", "worker", "scheduler"];
const paths = ["/api/v2/orders", "/api/v2/carts/items", "/static/js/main", "/healthz", "/api/v1/search", "/metrics"];
const agents = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
  "curl/8.5.0",
  "okhttp/4.12.0",
  "python-requests/2.32.3",
];
const classes = ["OrderService", "CartRepository", "PricingClient", "StockReservation", "InvoiceWriter"];
const methods = ["reserve", "findById", "applyDiscount", "commit", "lambda$submit$0", "invokeSuspend"];
const messages = [
  "Cache refreshed: 1284 entries in 37 ms",
  "Retrying request (attempt 2 of 5) after 250 ms: upstream connect error or disconnect/reset before headers",
  "Slow query took 1873 ms: SELECT o.id, o.total FROM orders o WHERE o.status = $1 ORDER BY o.created_at DESC LIMIT 50",
  "Connection pool: active=7 idle=13 waiting=0 max=20",
  "Feature flag new-pricing evaluated to true for cohort B",
  "Consumer group rebalanced: 12 partitions assigned, generation 418",
  "GC pause (G1 Evacuation Pause) 512M->198M(1024M) 14.221ms",
  "Deprecated header X-Forwarded-Prefix ignored",
  "Rate limit remaining 187/200 for bucket orders:write",
  "Flushed 4096 spans to collector, dropped 0, queue 12%",
];
const levels = ["INFO ", "INFO ", "INFO ", "DEBUG", "WARN ", "ERROR"];

const two = (value: number): string => String(value).padStart(2, "0");

function clock(random: Random): string {
  return `${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}`;
}

function isoTime(random: Random): string {
  return `2026-11-${two(random.integer(1, 28))}T${clock(random)}.${random.digits(3)}Z`;
}

const formats: readonly ((random: Random) => string)[] = [
  // Access log of a service mesh, behind a proxy that hides addresses.
  (random) =>
    `[${isoTime(random)}] "${random.pick(["GET", "GET", "POST"])} ${random.pick(paths)}?page=${random.integer(1, 40)}&size=20 HTTP/1.1" ${random.pick([200, 200, 204, 304, 404, 503])} - ${random.integer(0, 900)} ${random.integer(100, 90_000)} ${random.integer(1, 900)} "${random.pick(agents)}" "${random.uuid()}" "${random.pick(services)}"`,
  // Structured log lines, times in epoch milliseconds.
  (random) =>
    `{"ts":17954${random.digits(8)},"level":"${random.pick(["info", "debug", "warn"])}","service":"${random.pick(services)}","traceId":"${random.hex(32)}","spanId":"${random.hex(16)}","msg":"${random.pick(messages)}","durationMs":${random.integer(1, 2000)}}`,
  // Application logs of a Java service.
  (random) =>
    `2026-11-${two(random.integer(1, 28))} ${clock(random)},${random.digits(3)} ${random.pick(levels)} [http-nio-8080-exec-${random.integer(1, 40)}] com.acme.shop.${random.pick(classes)} - ${random.pick(messages)}`,
  (random) =>
    `\tat com.acme.shop.${random.pick(services)}.${random.pick(classes)}.${random.pick(methods)}(${random.pick(classes)}.java:${random.integer(20, 900)}) ~[${random.pick(services)}-3.${random.integer(0, 20)}.${random.integer(0, 9)}.jar!/:na]`,
  (random) =>
    `\tat org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:${random.integer(100, 999)}) ~[spring-webmvc-6.1.${random.integer(0, 12)}.jar!/:6.1.${random.integer(0, 12)}]`,
  // Kubernetes and its runtime.
  (random) =>
    `I11${two(random.integer(1, 28))} ${clock(random)}.${random.digits(6)}       1 kubelet.go:${random.integer(100, 2400)}] "SyncLoop (PLEG): event for pod" pod="shop/${random.pick(services)}-${random.hex(9)}-${random.text("bcdfghjklmnpqrstvwxz2456789", 5)}" event={"ID":"${random.uuid()}","Type":"ContainerStarted","Data":"${random.hex(64)}"}`,
  (random) =>
    `time="${isoTime(random)}" level=info msg="PullImage \\"registry.k8s.io/${random.pick(services)}:v1.${random.integer(0, 30)}.${random.integer(0, 9)}\\" returns image reference \\"sha256:${random.hex(64)}\\""`,
  // Builds and deployments.
  (random) =>
    `#${random.integer(4, 30)} [build ${random.integer(1, 9)}/9] RUN npm ci --omit=dev    added ${random.integer(100, 900)} packages, audited ${random.integer(100, 900)} packages in ${random.integer(2, 40)}s`,
  (random) =>
    `${isoTime(random)} deploy: revision ${random.hex(40)} of ${random.pick(services)} rolled out (${random.integer(1, 12)}/12 ready), build ${random.integer(1000, 9999)}, schema v${random.integer(100, 400)}`,
  // Databases and queues.
  (random) =>
    `2026-11-${two(random.integer(1, 28))} ${clock(random)}.${random.digits(3)} UTC [${random.integer(100, 32_000)}] LOG:  checkpoint complete: wrote ${random.integer(10, 9000)} buffers (${random.integer(0, 9)}.${random.integer(0, 9)}%); 0 WAL file(s) added; write=${random.integer(1, 200)}.${random.digits(3)} s, sync=0.${random.digits(3)} s; lsn=${random.integer(1, 9)}F/${random.hex(8).toUpperCase()}`,
  (random) =>
    `[${isoTime(random)}] INFO [ReplicaFetcher replicaId=${random.integer(1, 9)}, leaderId=${random.integer(1, 9)}, fetcherId=0] Truncating partition orders-${random.integer(0, 47)} to local high watermark ${random.integer(100_000, 99_000_000)} (kafka.server.ReplicaFetcherThread)`,
  (random) =>
    `${isoTime(random)} ${random.pick(services)}[${random.integer(100, 9999)}]: order ${random.uuid()} moved from RESERVED to PAID, ${random.integer(1, 12)} items, total ${random.integer(5, 900)}.${two(random.integer(0, 99))} EUR, etag W/"${random.hex(8)}-${random.hex(4)}"`,
];

/** A line of an everyday log that names nobody: ids, digests, versions, times and counts. */
export function benignLogLine(random: Random): string {
  return random.pick(formats)(random);
}
