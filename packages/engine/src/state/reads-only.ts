import { type KyselyPlugin, SelectQueryNode } from 'kysely'

/** Refuses all but queries: SQLite would make a writer of a reader, and fail now and then. */
export const readsOnly: KyselyPlugin = {
  transformQuery({ node }) {
    if (!SelectQueryNode.is(node)) throw new TypeError('a transaction that only reads must not write')
    return node
  },
  transformResult: async ({ result }) => result,
}
