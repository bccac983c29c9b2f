/**
 * SQL Server's order of GUIDs: the last six bytes count first, then the fourth group, then the first three groups
 * with their bytes reversed. Pages without `$orderby` come in this order of the primary key.
 * Source: System.Data.SqlTypes.SqlGuid, comparison order 10-15, 8-9, 6-7, 4-5, 0-3.
 */
export function guidOrder(guid: string): string {
  const [a = '', b = '', c = '', d = '', e = ''] = guid.split('-')
  return `${e}${d}${reversed(c)}${reversed(b)}${reversed(a)}`
}

const reversed = (hex: string): string => {
  let out = ''
  for (let index = hex.length; index > 0; index -= 2) out += hex.slice(index - 2, index)
  return out
}
