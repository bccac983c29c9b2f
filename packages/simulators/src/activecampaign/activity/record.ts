import type { Store } from '../core/store.ts'
import type { Happening } from './happening.ts'

const models: Readonly<Record<string, string>> = {
  SubscriberList: 'contactList',
  SubscriberSeries: 'contactAutomation',
  Log: 'log',
  LinkData: 'linkData',
  MppLinkData: 'mppLinkData',
  Note: 'note',
  TrackingLog: 'trackingLog',
  Forward: 'forward',
  Reply: 'reply',
  SubscriberEmail: 'contact-email',
}

/** Notes something for the contact's feed, which shows it once the contact itself has been read. */
export function record(
  store: Store,
  contact: string,
  happening: { readonly type: string; readonly action?: string; readonly referenceId: string },
): void {
  const entry: Happening = {
    id: store.nextHappening(),
    atMs: store.now(),
    type: happening.type,
    action: happening.action ?? '',
    model: models[happening.type] ?? happening.type,
    referenceId: happening.referenceId,
  }
  const entries = store.happenings.get(contact)
  if (entries === undefined) store.happenings.set(contact, [entry])
  else entries.push(entry)
}
