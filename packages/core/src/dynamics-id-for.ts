import type { EntityName } from '@dynacamp/mapping-dsl'
import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** A random UUID, drawn once: ours, so that no other UUIDv5 program makes the same ids. */
const namespace = hexToBytes('5b0c2f1e8f5d4c3f9a417d1f0c6b2e93')

/**
 * The GUID under which an ActiveCampaign contact is created in D365: UUIDv5 (RFC 9562 §5.5) of tenant, entity and
 * contact. The same contact gets the same GUID on every machine and in every run, so a create that is sent twice
 * creates once.
 *
 * @example
 * dynamicsIdFor('113', 'contacts', 'contoso') // always the same GUID, lower case
 */
export const dynamicsIdFor = (activeCampaignId: string, entity: EntityName, tenant: string): string => {
  const name = utf8ToBytes(JSON.stringify([tenant, entity, activeCampaignId]))
  const bytes = sha1(new Uint8Array([...namespace, ...name])).slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytesToHex(bytes).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
}
