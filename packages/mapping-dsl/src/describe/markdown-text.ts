/** A cell of a table: bars and line ends would break it. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')

/** A code span of a name that a stranger chose. */
export const code = (name: string): string => `\`${cell(name.replaceAll('`', "'"))}\``
