import { z } from 'zod'
import { EXPORT_KINDS, type ExportKind } from './frames'
import { resultColumnsSchema, resultFilterSchema } from './results-query'

const WHOLE_KINDS = EXPORT_KINDS.filter((kind): kind is Exclude<ExportKind, 'results'> => kind !== 'results')

/** What to write: everything of a kind; of the results, those that a filter lets through and the columns that are named. */
export const exportPlanSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('results'),
    filter: resultFilterSchema.optional(),
    columns: resultColumnsSchema.optional(),
  }),
  z.strictObject({ kind: z.enum(WHOLE_KINDS) }),
])
export type ExportPlan = z.infer<typeof exportPlanSchema>
