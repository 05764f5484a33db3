import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addAccount } from '#tests/people-of-test.ts'
import { district, ids, personOf } from '#tests/fixture.ts'
