import type { Call } from '../call.ts'

/** Characters that the service leaves as they are in the links it hands out. */
const readable: Readonly<Record<string, string>> = {
  '%24': '$',
  '%2C': ',',
  '%2F': '/',
  '%3A': ':',
  '%40': '@',
}
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/%(?:24|2C|2F|3A|40)/g, (code) => readable[code] ?? code)

/** The call's own URL with options put in place of old ones. Values in `changed` are already encoded. */
export function link(call: Call, changed: Readonly<Record<string, string>>): string {
  const path = call.segments.map(({ name, key }) => (key === undefined ? name : `${name}(${key})`)).join('/')
  const replaced = new Set(['$skiptoken', '$deltatoken', ...Object.keys(changed)])
  const pairs = [
    ...Object.entries(call.options)
      .filter(([name]) => !replaced.has(name))
      .map(([name, value]) => `${encode(name)}=${encode(value ?? '')}`),
    ...Object.entries(changed).map(([name, value]) => `${name}=${value}`),
  ]
  return `${call.root}/${path}?${pairs.join('&')}`
}
