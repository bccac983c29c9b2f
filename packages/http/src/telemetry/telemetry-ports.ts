/** As much of an OpenTelemetry `Span` as is used here. */
export interface TelemetrySpan {
  setAttributes(attributes: Record<string, string | number>): unknown
  /** 2 is `SpanStatusCode.ERROR`. */
  setStatus(status: { code: 2; message?: string }): unknown
  end(endTimeMs: number): void
}

/** As much of an OpenTelemetry `Tracer` as is used here; any tracer fits. */
export interface TelemetryTracer {
  /** Kind 2 is `SpanKind.CLIENT`. */
  startSpan(
    name: string,
    options: { kind: 2; startTime: number; attributes: Record<string, string | number> },
  ): TelemetrySpan
}

/** As much of an OpenTelemetry `Histogram` as is used here. */
export interface TelemetryHistogram {
  record(value: number, attributes: Record<string, string | number>): void
}

/** As much of an OpenTelemetry `Meter` as is used here; any meter fits. */
export interface TelemetryMeter {
  createHistogram(name: string, options: { description: string; unit: string }): TelemetryHistogram
}
