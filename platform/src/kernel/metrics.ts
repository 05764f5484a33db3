import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type pg from 'pg'

/** Figures for Prometheus at /metrics: counts and times by route, never by person. */
export function makeMetrics(pool: pg.Pool) {
  const registry = new Registry()
  const answers = new Counter({
    name: 'chuanmen_http_answers_total',
    help: 'Answers by route and status',
    labelNames: ['route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'chuanmen_http_seconds',
    help: 'Time to answer by route',
    labelNames: ['route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  const gauges: [string, string, () => number][] = [
    ['chuanmen_database_connections', 'Open connections of the pool', () => pool.totalCount],
    ['chuanmen_database_waiting', 'Callers waiting for a connection', () => pool.waitingCount],
    ['chuanmen_memory_bytes', 'Resident memory', () => process.memoryUsage.rss()],
  ]
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  }
  return {
    onAnswer(route: string, status: number, milliseconds: number): void {
      answers.inc({ route, status: String(status) })
      seconds.observe({ route }, milliseconds / 1_000)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
