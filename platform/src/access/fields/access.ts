import type { Declared } from './declare.ts'
import { staff, reporter, session } from './declare.ts'

/** Accounts, sessions, codes and keys: who may come in. */
export const access = {
  personal: {
    'credential.person_id': { purpose: ['sign in'], ...staff },
    'credential.password_hash': { purpose: ['sign in'], ...staff, sensitivity: 'sensitive' },
    'credential.totp_sealed': { purpose: ['sign in'], ...staff, sensitivity: 'sensitive' },
    'credential.totp_pending_sealed': { purpose: ['sign in'], ...staff, sensitivity: 'sensitive' },
    'login_failure.login_index': { purpose: ['sign in'], ...session },
    'reporter.name': { purpose: ['answer requests'], ...reporter },
    'reporter.phone_sealed': {
      purpose: ['answer requests', 'sign in'],
      ...reporter,
      sensitivity: 'sensitive',
    },
    'reporter.phone_index': { purpose: ['sign in'], ...reporter, sensitivity: 'sensitive' },
    'reporter.phone_tail_index': { purpose: ['sign in'], ...reporter },
    'reporter.home_path': { purpose: ['answer requests'], ...reporter },
    'reporter.home_household_id': { purpose: ['answer requests'], ...reporter },
    'session.token_hash': { purpose: ['sign in'], ...session },
    'session.person_id': { purpose: ['sign in'], ...session },
    'session.reporter_id': { purpose: ['sign in'], ...session },
    'session.request_ids': { purpose: ['sign in'], ...session },
    'phone_code.phone_index': { purpose: ['sign in'], ...session, sensitivity: 'sensitive' },
    'phone_code.code_hash': { purpose: ['sign in'], ...session },
  },
  notPersonal: {
    credential: ['must_change', 'totp_last_step', 'changed_at'],
    login_failure: ['failures', 'last_at', 'locked_until'],
    reporter: ['id', 'proven', 'created_at'],
    session: ['kind', 'created_at', 'expires_at', 'ended_at'],
    phone_code: ['tries', 'sent_at', 'expires_at', 'day_count', 'day_since'],
    follow_failure: ['code', 'failures', 'since'],
    // A program, not a person; of its key only the digest is kept.
    api_client: ['id', 'name', 'key_digest', 'abilities', 'answers', 'created_at', 'ended_at'],
  },
} as const satisfies Declared
