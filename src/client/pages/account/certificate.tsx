import { useEffect, useState } from 'preact/hooks'
import type {
  CertificateStanding,
  IssuedCertificate,
  OwnCertificate,
} from '../../../shared/domain/certificate.ts'
import { Icon } from '../../components/icon.tsx'
import { formatDate, formatMinutes, parseDay } from '../../i18n/format.ts'
import { language, local, strings } from '../../i18n/i18n.ts'
import {
  fetchPaper,
  issueCertificate,
  readOwnCertificate,
  type Told,
} from '../../state/certificate.ts'
import { mayAsOneself } from '../../state/erase-me.ts'
import { useServices } from '../../state/services.ts'
import { saveAsFile } from '../device/save-as-file.ts'
import { links } from '../links.ts'

/** How far one is from the certificate, and the paper when it is there. Left out where there is none to have. */
export const Certificate = () => {
  const { me, server, words } = useServices()
  const t = strings('certificate')
  const deps = { ...server, principal: me.principal }
  const [own, setOwn] = useState<Told<OwnCertificate> | null>(null)
  const [state, setState] = useState<'idle' | 'busy' | 'not-met' | 'failed'>('idle')
  const may = mayAsOneself(me, ['certificate', 'issue'])
  const read = async (): Promise<void> => setOwn(await readOwnCertificate(deps))
  useEffect(() => {
    if (may) void words.syncNow().then(read)
  }, [server, me.principal])
  if (!may) return null
  if (own?.ok && own.value.standing === null && own.value.issued === null) return null
  const issue = async (): Promise<void> => {
    setState('busy')
    await words.syncNow()
    const issued = await issueCertificate(deps)
    setState(issued.ok ? 'idle' : issued.error === 'not-met' ? 'not-met' : 'failed')
    if (issued.ok) await read()
  }
  const value = own?.ok ? own.value : null
  return (
    <section class="part">
      <h2 class="h-s">{t('title')}</h2>
      <div>
        {own === null && <p class="mute late">{t('loading')}</p>}
        {own?.ok === false && (
          <p class="note" role="status">
            {t('failed')}{' '}
            <button type="button" class="txt-btn" onClick={() => void read()}>
              {strings('common')('tryAgain')}
            </button>
          </p>
        )}
        {value?.standing && <Standing standing={value.standing} issued={value.issued} />}
        {value?.issued && <Issued issued={value.issued} />}
        {value?.standing?.met && (
          <div class="row ways">
            <button
              type="button"
              class={value.issued ? 'txt-btn' : 'btn'}
              disabled={state === 'busy'}
              onClick={() => void issue()}
            >
              {t(state === 'busy' ? 'making' : value.issued ? 'again' : 'make')}
            </button>
          </div>
        )}
        <div role="status">
          {state === 'failed' && <p class="note err">{t('failed')}</p>}
          {state === 'not-met' && <p class="note err">{t('notMet')}</p>}
        </div>
      </div>
    </section>
  )
}

const Standing = ({
  standing: { met, doneMinutes, requiredMinutes, missingMinutes, missingStops },
  issued,
}: {
  standing: CertificateStanding
  issued: IssuedCertificate | null
}) => {
  const t = strings('certificate')
  const done = formatMinutes(doneMinutes)
  return (
    <>
      <p>
        {t('progress', { done, required: formatMinutes(requiredMinutes) })}
        {met && !issued && ` ${t('met')}`}
      </p>
      {!met && (
        <div class="note">
          <p>{t('missing')}</p>
          <ul>
            {missingMinutes > 0 && (
              <li>{t('missingTime', { time: formatMinutes(missingMinutes) })}</li>
            )}
            {missingStops.map(({ id, title }) => (
              <li key={id}>{t('missingStop', { stop: local(title) })}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

const Issued = ({ issued: { code, issuedOn, body } }: { issued: IssuedCertificate }) => {
  const { me, server } = useServices()
  const t = strings('certificate')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const download = async (): Promise<void> => {
    setState('busy')
    const blob = await fetchPaper({ ...server, principal: me.principal }, language.peek())
    setState(blob ? 'idle' : 'failed')
    if (blob) saveAsFile('kursbevis.pdf', blob, 'application/pdf')
  }
  return (
    <>
      <p>
        {t('issued', {
          day: formatDate(parseDay(issuedOn), new Date()),
          hours: formatMinutes(body.ownMinutes + body.gatheringMinutes),
        })}
      </p>
      <div class="row ways">
        <button
          type="button"
          class="btn"
          disabled={state === 'busy'}
          onClick={() => void download()}
        >
          <Icon name="down" />
          {t(state === 'busy' ? 'downloading' : 'download')}
        </button>
      </div>
      <div role="status">{state === 'failed' && <p class="note err">{t('failed')}</p>}</div>
      <p class="more">
        {t('codeText')} <a href={links.certificate(code)}>{code}</a>
      </p>
    </>
  )
}
