import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '#web/ui/field.tsx'
import { Tag } from '#web/ui/tag.tsx'
import { type Template, templates } from '../../data/templates.ts'
import { ListStates } from '../../parts/list-states.tsx'
import { useTitle } from '../../parts/title.ts'
import { templateName } from '../../words.ts'
import { filled } from './filled.ts'
import { TemplatePane } from './template-pane.tsx'
import './templates.css'

const idOf = ({ template, channel, audience, language }: Template) =>
  `${template} ${channel} ${audience} ${language}`

const audiences = ['reporter', 'serving'] as const
const channels = ['in_app', 'sms', 'email', 'push', 'robot'] as const
const languages = ['zh-CN', 'en'] as const

/** NT8: what messages say, to whom, by which way, in which language; the district's own words over the product's. */
export function TemplatesPage() {
  const { t } = useTranslation()
  useTitle(t('nav.templates'))
  const known = useQuery(templates)
  const [audience, setAudience] = useState<(typeof audiences)[number]>('reporter')
  const [channel, setChannel] = useState<(typeof channels)[number]>('in_app')
  const [language, setLanguage] = useState<(typeof languages)[number]>('zh-CN')
  const [open, setOpen] = useState<string>()
  const all = known.data?.items ?? []
  const items = all.filter(
    (one) => one.audience === audience && one.channel === channel && one.language === language,
  )
  const chosen = items.find((one) => idOf(one) === open)
  const own = all.filter((one) => one.own).length

  return (
    <div className={chosen ? 'beside' : 'beside alone'}>
      <div className="page templates">
        <header className="page-head">
          <div>
            <h1>{t('nav.templates')}</h1>
            <p>{own > 0 ? t('templates.sum', { count: own }) : t('templates.what')}</p>
          </div>
        </header>
        <search className="page-filters">
          <Select
            label={t('templates.audience')}
            value={audience}
            onChange={({ target }) => {
              setAudience(target.value as typeof audience)
              // Those who serve get no text messages, and robots stand in their groups.
              if (target.value === 'serving' ? channel === 'sms' : channel === 'robot') setChannel('in_app')
            }}
          >
            {audiences.map((one) => (
              <option key={one} value={one}>
                {t(`audience.${one}`)}
              </option>
            ))}
          </Select>
          <Select
            label={t('templates.channel')}
            value={channel}
            onChange={({ target }) => setChannel(target.value as typeof channel)}
          >
            {channels
              .filter((one) => one !== (audience === 'reporter' ? 'robot' : 'sms'))
              .map((one) => (
                <option key={one} value={one}>
                  {t(`channel.${one}`)}
                </option>
              ))}
          </Select>
          <Select
            label={t('templates.language')}
            value={language}
            onChange={({ target }) => setLanguage(target.value as typeof language)}
          >
            {languages.map((one) => (
              <option key={one} value={one}>
                {t(`language.${one}`)}
              </option>
            ))}
          </Select>
        </search>
        <ListStates list={known} count={items.length} failed={t('templates.failed')} bones={7}>
          <table className="ledger">
            <thead>
              <tr>
                <th scope="col">{t('templates.news')}</th>
                <th scope="col">{t('templates.words')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={idOf(one)} className={idOf(one) === open ? 'marked' : undefined}>
                  <td className="nb">
                    <button
                      type="button"
                      className="row-title"
                      aria-expanded={idOf(one) === open}
                      onClick={() => setOpen(idOf(one))}
                    >
                      {templateName(t, one.template)}
                    </button>
                  </td>
                  <td lang={one.language}>
                    {one.subject && <b>{filled(one.subject, one.language)}</b>}
                    {filled(one.words, one.language)}
                    {one.own && <Tag tone="care">{t('templates.own')}</Tag>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ListStates>
      </div>
      {chosen && (
        <TemplatePane
          key={`${idOf(chosen)}${chosen.version}`}
          template={chosen}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  )
}
