import { EmptyState } from '../../components/empty-state.tsx'
import type { EarlierText, VersionsAsked } from '../../components/fields/answering.ts'
import { Seal, writerName } from '../../components/fields/seal.tsx'
import { Icon } from '../../components/icon.tsx'
import { currentLanguageTag, formatMoment } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import type { EarlierVersion } from '../../state/earlier-versions.ts'
import type { OpenDocument } from '../../state/words.ts'
import { type ShownVersion, shownVersions } from './shown-versions.ts'

/** The versions of a field, newest first; one at a time is opened and read. */
export const VersionList = ({
  document,
  versions,
  asked,
  bringBack,
}: {
  document: OpenDocument
  versions: readonly EarlierVersion[]
  asked: VersionsAsked
  bringBack(text: EarlierText): void
}) => {
  const t = strings('task')
  const shown = shownVersions(versions, document.plain.value, asked.includes)
  if (shown.every(({ isNow }) => isNow)) {
    return (
      <EmptyState drawing="cabin-lamp" title={t('versionsNone')} text={t('versionsNoneText')} />
    )
  }
  return (
    <>
      <p class="hint versions-kept">{t('versionsKept')}</p>
      <ol class="version-list" aria-label={t('versionsCount', { count: shown.length })}>
        {shown.map((version) => (
          <li key={version.key}>
            <Version version={version} asked={asked} bringBack={bringBack} />
          </li>
        ))}
      </ol>
    </>
  )
}

const Version = ({
  version,
  asked,
  bringBack,
}: {
  version: ShownVersion
  asked: VersionsAsked
  bringBack(text: EarlierText): void
}) => {
  const t = strings('task')
  const when = formatMoment(version.at)
  // Nothing to read and nothing to bring back.
  if (version.text === '') {
    return (
      <div class="version-row">
        <VersionHead version={version} when={when} />
      </div>
    )
  }
  return (
    <details name="version">
      <summary class="version-row">
        <VersionHead version={version} when={when} />
        <Icon name="downc" small />
      </summary>
      <section class="version-text" aria-label={t('versionOf', { when })}>
        <p class="written" dir="auto" lang={currentLanguageTag()}>
          {version.text}
        </p>
        {version.isNow ? null : asked.mayBringBack(version.root) ? (
          <button type="button" class="btn small" onClick={() => bringBack(version)}>
            <Icon name="undo" small />
            {t('versionBringBack')}
            <span class="sr"> {t('versionOf', { when })}</span>
          </button>
        ) : (
          <p class="hint">{t('editNeedsNetwork')}</p>
        )}
      </section>
    </details>
  )
}

/** When, who, and how the text begins. */
const VersionHead = ({ version, when }: { version: ShownVersion; when: string }) => {
  const t = strings('task')
  const { text, writer, correctedBy, isNow, isAgreed, isShared, index } = version
  const about = [
    isShared && writerName(writer),
    correctedBy !== null && t('versionCorrected', { name: correctedBy }),
    isAgreed && t('agreed'),
    isNow && t('versionNow'),
  ]
  return (
    <>
      {isShared && <Seal writer={writer} index={index} />}
      <span class="version-h">
        <b>{when}</b>
        <span class="mute s2">{about.filter(Boolean).join(' · ')}</span>
        {text === '' ? (
          <span class="version-cleared">{t('versionCleared')}</span>
        ) : (
          <span class="version-start" dir="auto" lang={currentLanguageTag()}>
            {text}
          </span>
        )}
      </span>
    </>
  )
}
