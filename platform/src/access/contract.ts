import { z } from 'zod'
import { roles } from './permissions.ts'

/** Contracts of logging in, of oneself, and of passwords. */

const password = (what: string) => z.string().min(1).max(200).describe(what)
const code = (what: string) =>
  z
    .string()
    .regex(/^\d{6}$/)
    .describe(what)
const phone = z
  .string()
  .regex(/^1\d{10}$/)
  .describe('Mobile number, 11 digits')

export const logInSchema = z.object({
  login: z.string().trim().min(1).max(60).describe('Login name'),
  password: password('Password'),
})

export const loggedInSchema = z.object({
  secondFactor: z.boolean().describe('Not in yet: give the code of the authenticator next'),
  mustChange: z.boolean().describe('In, and must set an own password before anything else'),
  person: z
    .object({ id: z.uuid().describe('Person'), name: z.string().describe('Name') })
    .nullable()
    .describe('Who logged in; null until the second factor is given'),
})
export type LoggedIn = z.infer<typeof loggedInSchema>

export const secondFactorSchema = z.object({ code: code('Six digits from the authenticator') })

export const offerSchema = z.object({
  password: password('Password once more; needed to replace an authenticator that is in use').optional(),
})

export const enrolmentSchema = z.object({
  uri: z.string().describe('Address for the authenticator (otpauth://), to be shown as a QR code'),
  secret: z.string().describe('The same secret in base32, to be typed in'),
})

export const changePasswordSchema = z.object({
  current: password('Password until now'),
  password: password('New password, at least 10 characters'),
})

export const setPasswordSchema = z.object({
  password: password('Password for the next login, at least 10 characters; must be changed there'),
  resetSecondFactor: z.boolean().default(false).describe('Also takes away an authenticator that was lost'),
})

export const phoneCodeSchema = z.object({ phone })

export const phoneCodeSentSchema = z.object({
  seconds: z.int().describe('Seconds until another code may be asked for'),
  demoCode: z.string().nullable().describe('The code itself, in the demonstration only'),
})

export const ownNameSchema = z.object({
  name: z.string().trim().min(1).max(40).describe('How I want to be addressed'),
})
export const ownPhoneSchema = z.object({
  phone: z
    .string()
    .regex(/^1\d{10}$/)
    .describe('New mobile number, 11 digits'),
  code: z
    .string()
    .regex(/^\d{6}$/)
    .describe('Code that was sent to it'),
})

export const phoneSessionSchema = z.object({
  phone,
  code: code('Six digits from the message'),
  reporter: z.uuid().optional().describe('Made by the client, for a phone nobody mentioned yet'),
})

const postSchema = z.object({
  id: z.uuid().describe('Post'),
  role: z.enum(roles).describe('Role'),
  organisation: z
    .object({ id: z.uuid().describe('Organisation'), name: z.string().describe('Its name') })
    .describe('For whom'),
  path: z.string().describe('Area path'),
  area: z.string().describe('Name of the area'),
})
export type PostView = z.infer<typeof postSchema>

export const meSchema = z.object({
  kind: z
    .enum(['anyone', 'follower', 'reporter', 'staff'])
    .describe('Who this browser is: nobody, a follower of single requests, a resident, or staff'),
  id: z.uuid().nullable().describe('Person or reporter'),
  name: z.string().nullable().describe('Own name, in full'),
  reporter: z
    .object({
      id: z.uuid().describe('Reporter'),
      name: z.string().nullable().describe('Own name, in full'),
      phone: z.string().nullable().describe('Own phone, in full'),
      proven: z.boolean().describe('Whether the phone is proven by a code'),
      home: z
        .object({ path: z.string().describe('Area path'), name: z.string().describe('In words') })
        .nullable()
        .describe('Where "my home" is, when the register knows it'),
    })
    .nullable()
    .describe('The resident, by phone code or known to this browser alone'),
  follows: z.int().describe('Requests that this browser follows without an account'),
  posts: z.array(postSchema).describe('Posts held now'),
  secondFactor: z.boolean().describe('Whether an authenticator is in use'),
  due: z
    .array(z.enum(['password', 'second_factor']))
    .describe('What must be set up before anything else is possible'),
  abilities: z.array(z.string()).describe('What the permission table lets me do'),
})
export type Me = z.infer<typeof meSchema>
