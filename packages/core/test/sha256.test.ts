import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha256 as native } from '../src/sha256.node.ts'
import { sha256 } from '../src/sha256.ts'
import { campaign } from './kit/campaign.ts'

it('is the hash of FIPS 180-4', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('is the same hash on every host, for halves of characters too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud83d', '\ude00'), (text, half) => {
      expect(native(text + half + text)).toBe(sha256(text + half + text))
    }),
    campaign(100),
  )
})
