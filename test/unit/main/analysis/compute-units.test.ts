import { describe, expect, it } from 'vitest'
import { Budget, computeUnitsOf } from '../../../../src/main/analysis/compute-units'

describe('a budget of compute units', () => {
  it('covers what fits in it, and is not overspent by what is under way together', () => {
    const budget = new Budget(30)
    expect([budget.charge(12), budget.charge(12), budget.charge(12)]).toEqual([true, true, false])
    expect(budget.spent).toBe(24)
    budget.giveBack(12)
    expect(budget.charge(12)).toBe(true)
    expect(budget.message).toContain('[birdeye] budget_compute_units')
  })

  it('is no limit when there is none', () => {
    expect(new Budget(null).charge(1e9)).toBe(true)
  })
})

it('the price of many prices grows slower than their number', () => {
  expect(computeUnitsOf('/defi/multi_price', { list_address: 'A' })).toBe(3)
  expect(computeUnitsOf('/defi/multi_price', { list_address: Array.from({ length: 100 }, () => 'A').join(',') })).toBe(120)
})
