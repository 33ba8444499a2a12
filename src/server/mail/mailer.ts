export interface Mail {
  to: string
  subject: string
  text: string
}

/**
 * `rejected`: nobody takes mail for this address, nor will later. `later`: not now. `unreachable`: the mail server is not there,
 * or does not let us in; no other mail would come further.
 */
export type MailOutcome = 'sent' | 'rejected' | 'later' | 'unreachable'

/** Sends mails. Never throws. */
export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>
}
