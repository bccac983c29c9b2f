import type { ActiveCampaignSimulator } from '@dynacamp/simulators'

/** The one list, and all who are in ActiveCampaign get it. */
export const openNewsletter = (simulator: ActiveCampaignSimulator): void => {
  const list = String(simulator.insert('lists', { name: 'Newsletter', stringid: 'newsletter' }).id)
  for (const { id: contact } of simulator.contacts()) {
    simulator.insert('contactLists', { contact, list, status: '1' })
  }
}
