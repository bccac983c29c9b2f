/** Case does not count in comparisons, nor do blanks at the end, as in SQL. */
export const fold = (text: string): string => text.toLowerCase().trimEnd()

const wildcards = /[%_[]/

const toRegExp = (pattern: string): RegExp => {
  let source = ''
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at)
    const close = character === '[' ? pattern.indexOf(']', at + 2) : -1
    if (character === '%') source += '.*'
    else if (character === '_') source += '.'
    else if (close > 0) {
      const set = pattern.slice(at + 1, close)
      const negated = set.startsWith('^') && set.length > 1
      source += `[${negated ? '^' : ''}${(negated ? set.slice(1) : set).replaceAll(/[\\\]^[]/g, String.raw`\$&`)}]`
      at = close
    } else source += character.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  }
  return new RegExp(`^${source}$`, 'is')
}

type Placement = 'equal' | 'contains' | 'startswith' | 'endswith'

/**
 * Does a stored text match? `%`, `_`, `[abc]` and `[^abc]` in what is looked for are SQL LIKE patterns, wherever they
 * stand; wrapped in brackets they mean themselves.
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
 */
export function textMatcher(wanted: string, placement: Placement): (text: string) => boolean {
  const before = placement === 'contains' || placement === 'endswith'
  const after = placement === 'contains' || placement === 'startswith'
  if (wildcards.test(wanted)) {
    const pattern = toRegExp(`${before ? '%' : ''}${wanted}${after ? '%' : ''}`)
    return (text) => pattern.test(text)
  }
  const needle = placement === 'equal' ? fold(wanted) : wanted.toLowerCase()
  if (placement === 'equal') return (text) => fold(text) === needle
  if (placement === 'startswith') return (text) => text.toLowerCase().startsWith(needle)
  if (placement === 'endswith') return (text) => text.toLowerCase().endsWith(needle)
  return (text) => text.toLowerCase().includes(needle)
}
