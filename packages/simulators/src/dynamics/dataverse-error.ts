/** What Dataverse answers when it refuses: an HTTP status, a code and a sentence. */
export class DataverseError extends Error {
  override readonly name = 'DataverseError'
  readonly status: number
  /** Hexadecimal text, `0x0` from the OData parser, or empty from the router. */
  readonly code: string
  /** Name of the code in the published list, for the error details that annotations ask for. */
  readonly codeName: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    codeName: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.codeName = codeName
    this.headers = headers
  }
}

/** A complaint of the OData parser. */
export const badQuery = (message: string): DataverseError =>
  new DataverseError(400, '0x0', 'ODataError', message)

/** A complaint of the layer under the parser. */
export const badRequest = (message: string): DataverseError =>
  new DataverseError(400, '0x80060888', 'CrmHttpError', message)

export const badPayload = (entitySet: string, inner: string): DataverseError =>
  new DataverseError(
    400,
    '0x80048d19',
    'InvalidPayload',
    `Error identified in Payload provided by the user for Entity :'${entitySet}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: ${inner}`,
  )

export const unknownSegment = (segment: string): DataverseError =>
  new DataverseError(404, '0x8006088a', 'CrmHttpError', `Resource not found for the segment '${segment}'.`)

export const noRoute = (url: string): DataverseError =>
  new DataverseError(404, '', '', `No HTTP resource was found that matches the request URI '${url}'.`)

export const doesNotExist = (schemaName: string, id: string): DataverseError =>
  new DataverseError(
    404,
    '0x80040217',
    'ObjectDoesNotExist',
    `Entity '${schemaName}' With Id = ${id} Does Not Exist`,
  )

export const unknownProperty = (property: string, table: string): DataverseError =>
  badQuery(`Could not find a property named '${property}' on type 'Microsoft.Dynamics.CRM.${table}'.`)

export const duplicateRecord = (): DataverseError =>
  new DataverseError(
    412,
    '0x80040237',
    'DuplicateRecord',
    'A record with matching key values already exists.',
  )

export const versionMismatch = (): DataverseError =>
  new DataverseError(
    412,
    '0x80060882',
    'ConcurrencyVersionMismatch',
    "The version of the existing record doesn't match the RowVersion property provided.",
  )
