export type Literal =
  | { readonly kind: 'literal'; readonly type: 'null'; readonly value: null }
  | {
      readonly kind: 'literal'
      readonly type: 'string' | 'guid' | 'date' | 'datetime' | 'enum'
      readonly value: string
    }
  | { readonly kind: 'literal'; readonly type: 'number'; readonly value: number }
  | { readonly kind: 'literal'; readonly type: 'boolean'; readonly value: boolean }

/** `primarycontactid/fullname`, split at the slashes. */
export interface Path {
  readonly kind: 'path'
  readonly segments: readonly string[]
}

export type Operand = Literal | Path

export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le'
export type TextFunction = 'contains' | 'startswith' | 'endswith'

/** A `$filter` as a tree. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'compare'
      readonly operator: ComparisonOperator
      readonly left: Operand
      readonly right: Operand
    }
  | {
      readonly kind: 'text'
      readonly function: TextFunction
      readonly left: Operand
      readonly right: Operand
    }
  | {
      readonly kind: 'query'
      /** Without the `Microsoft.Dynamics.CRM.` in front. */
      readonly name: string
      readonly property: string
      readonly values: readonly (string | number | boolean | null)[]
    }
  | {
      readonly kind: 'lambda'
      readonly quantifier: 'any' | 'all'
      readonly path: Path
      readonly variable: string
      readonly condition: Expression | undefined
    }
