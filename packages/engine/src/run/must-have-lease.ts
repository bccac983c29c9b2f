/** What was done under a lease that was waited for as long as it took. */
export const mustHaveLease = <Result>(result: Result | 'busy'): Result => {
  if (result === 'busy') throw new TypeError('a lease that is waited for without end cannot be refused')
  return result
}
