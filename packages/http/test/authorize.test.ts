import { inspect } from 'node:util'
import { HttpStatusError } from '@dynacamp/http'
import { expect, test } from 'vitest'
import { errorOf, get, harness, post, type Serve } from './support/harness.ts'

const withTokens = (serve: Serve) => {
  const asked: boolean[] = []
  const authorize = async ({ refresh }: { refresh: boolean }) => {
    asked.push(refresh)
    return { authorization: `Bearer t${asked.length}` }
  }
  return { ...harness(serve, { authorize }), asked }
}

const onlyFor = (token: string) => (request: Request) =>
  new Response('{}', { status: request.headers.get('authorization') === `Bearer ${token}` ? 200 : 401 })

test.each([get, post])('a 401 asks for a new token once, whatever the method', async (request) => {
  const { client, asked, sentAtMs } = withTokens(onlyFor('t2'))
  expect((await client.request(request)).status).toBe(200)
  expect(asked).toEqual([false, true])
  expect(sentAtMs()).toEqual([0, 0])
})

test('a second 401 is the answer', async () => {
  const { client, asked } = withTokens(onlyFor('none'))
  const error = await errorOf(client.request(get))
  expect(error).toBeInstanceOf(HttpStatusError)
  expect(error).toMatchObject({ status: 401, retryable: false })
  expect(asked).toEqual([false, true])
})

test('each retry asks for headers again, as a token may have expired meanwhile', async () => {
  const { client, asked } = withTokens((_, before) => new Response('{}', { status: before < 2 ? 503 : 200 }))
  await client.request(get)
  expect(asked).toEqual([false, false, false])
})

test('an error of authorize is the error of the call', async () => {
  const { client, requests } = harness(() => Response.json({}), {
    authorize: async () => {
      throw new Error('no secret configured')
    },
  })
  await expect(client.request(post)).rejects.toThrow('no secret configured')
  expect(requests).toHaveLength(0)
})

test('a token that cannot be a header is not quoted', async () => {
  const { client } = harness(() => Response.json({}), {
    authorize: async () => ({ authorization: 'Bearer sec\nret' }),
  })
  const error = await errorOf(client.request(get))
  expect(error).toBeInstanceOf(TypeError)
  expect(inspect(error)).not.toMatch(/sec\n?ret/)
})
