import i18next from 'i18next'
import en from './messages/en.json'
import zh from './messages/zh-CN.json'

/** The words of these pages come with them: the first opening of the door does not carry what most days nobody needs. */
i18next.addResourceBundle('zh-CN', 'offers', zh)
i18next.addResourceBundle('en', 'offers', en)
