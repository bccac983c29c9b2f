/** The bytes of a body, or `too-large` as soon as there are more than `maxBytes`; then the rest is cancelled. */
export const readBody = async (
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | 'too-large'> => {
  if (signal.aborted) await response.body?.cancel()
  signal.throwIfAborted()
  if (response.body === null) return new Uint8Array()
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader()
  const cancel = () => {
    reader.cancel().catch(() => undefined)
  }
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const chunks: Uint8Array[] = []
    let length = 0
    for (;;) {
      const { done, value } = await reader.read()
      // A cancelled stream ends like a complete one.
      signal.throwIfAborted()
      if (done) return joined(chunks, length)
      length += value.byteLength
      if (length > maxBytes) {
        cancel()
        return 'too-large'
      }
      chunks.push(value)
    }
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

const joined = (chunks: readonly Uint8Array[], length: number): Uint8Array => {
  const [first] = chunks
  if (first !== undefined && chunks.length === 1) return first
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}
