import type { CallOptions } from '../prepared-request.ts'
import { recordPath } from '../record-key.ts'
import type { Transport } from '../transport.ts'

/** How an opportunity ends. */
export interface Closing {
  /** Status reason: 3 Won; 4 Canceled, 5 Out-Sold. Customised environments have others. */
  readonly status?: number
  /** Title of the closing activity. */
  readonly subject?: string
  readonly description?: string
  /** What it brought, in the opportunity's currency. */
  readonly actualRevenue?: number
  /** The day it ended, `'2026-01-31'`. Default: today. */
  readonly actualEnd?: string
}

const closing =
  (
    action: 'WinOpportunity' | 'LoseOpportunity',
    operation: string,
    defaultStatus: number,
    defaultSubject: string,
  ) =>
  async (
    transport: Transport,
    opportunityId: string,
    close: Closing,
    options: CallOptions,
  ): Promise<void> => {
    const { status = defaultStatus, subject = defaultSubject, description, actualRevenue, actualEnd } = close
    await transport.send(
      {
        operation,
        method: 'POST',
        path: action,
        body: {
          Status: status,
          OpportunityClose: {
            subject,
            'opportunityid@odata.bind': `/${recordPath('opportunities', opportunityId)}`,
            ...(description === undefined ? {} : { description }),
            ...(actualRevenue === undefined ? {} : { actualrevenue: actualRevenue }),
            ...(actualEnd === undefined ? {} : { actualend: actualEnd }),
          },
        },
      },
      options,
    )
  }

export const winOpportunity = closing('WinOpportunity', 'winOpportunity', 3, 'Won')
export const loseOpportunity = closing('LoseOpportunity', 'loseOpportunity', 4, 'Lost')
