import type { Endpoint } from '../core/call.ts'
import { crud, sentColumns } from '../core/crud.ts'
import { type JsonObject, text } from '../core/json.ts'
import { missing } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'

const rights = [
  'pgListAdd',
  'pgListEdit',
  'pgListDelete',
  'pgListHeaders',
  'pgListEmailaccount',
  'pgListBounce',
  'pgMessageAdd',
  'pgMessageEdit',
  'pgMessageDelete',
  'pgMessageSend',
  'pgContactAdd',
  'pgContactEdit',
  'pgContactDelete',
  'pgContactMerge',
  'pgContactImport',
  'pgContactApprove',
  'pgContactExport',
  'pgContactSync',
  'pgContactFilters',
  'pgContactActions',
  'pgContactFields',
  'pg_user_add',
  'pg_user_edit',
  'pg_user_delete',
  'pgGroupAdd',
  'pgGroupEdit',
  'pgGroupDelete',
  'pgTemplateAdd',
  'pgTemplateEdit',
  'pgTemplateDelete',
  'pgPersonalizationAdd',
  'pgPersonalizationEdit',
  'pgPersonalizationDelete',
  'pgAutomationManage',
  'pgFormEdit',
  'pgReportsCampaign',
  'pgReportsList',
  'pgReportsUser',
  'pgSavedResponsesManage',
  'pgMfaAdmin',
  'pgDealExport',
  'pgDealManageRoles',
  'pgAccountNoteAdd',
  'pgAccountNoteEdit',
  'pgAccountNoteDelete',
  'pgDealNoteAdd',
  'pgDealNoteEdit',
  'pgDealNoteDelete',
  'pgDealListAll',
  'pgTagManage',
  'pgDealImport',
  'pgAccountImport',
  'pgAccountExport',
]

/** Rights that a new group has from the start. */
const granted = [
  'pgReportsTrend',
  'pgReportsDeal',
  'pgStartupReports',
  'pgStartupGettingstarted',
  'pgAccountAdd',
  'pgAccountEdit',
  'pgAccountDelete',
  'pgAccountManageCustomField',
  'pgDeal',
  'pgDealDelete',
  'pgDealReassign',
  'pgDealFields',
  'pgDealGroupAdd',
  'pgDealGroupEdit',
  'pgDealGroupDelete',
  'pgContactResubscribe',
]

const filled = (columns: readonly string[], value: string): JsonObject =>
  Object.fromEntries(columns.map((column) => [column, value]))

/** The rights of the group "Admin". */
export const allRights: JsonObject = filled([...rights, ...granted], '1')

/** Groups of users. A user has one, and his key can do what its rights allow. */
export const groups: Resource = {
  path: 'groups',
  one: 'group',
  model: 'Group',
  links: ['userGroups', 'groupLimit', 'dealGroupGroups', 'listGroups', 'addressGroups', 'automationGroups'],
  defaults: (store) => ({
    title: '',
    descript: '',
    unsubscribelink: '0',
    optinconfirm: '0',
    p_admin: '1',
    ...filled(rights, '0'),
    ...filled(granted, '1'),
    sdate: store.iso(),
    reqApproval: '0',
    reqApproval1st: '2',
    reqApprovalNotify: '',
    socialdata: '0',
  }),
  accept: (call, sent, current) => {
    if (text(sent.title ?? current?.title) === '') throw missing('group', 'title')
    return sentColumns(groups, call, sent)
  },
  created: (_, sent) => ({ p_admin: sent.p_admin ?? 1 }),
  list: { searches: ['title'], contains: ['title'] },
}

const groupLimits: Resource = {
  path: 'groupLimits',
  one: 'groupLimit',
  model: 'GroupLimit',
  links: ['group'],
  defaults: () => ({
    groupid: '',
    limit_mail: '0',
    limit_mail_type: 'month',
    limit_contact: '0',
    limit_list: '0',
    limit_campaign: '0',
    limit_campaign_type: 'month',
    limit_attachment: '-1',
    limit_user: '0',
    abuseratio: '4',
    forcesenderinfo: '0',
  }),
  computed: (row) => ({ group: text(row.groupid) }),
}

const userGroups: Resource = {
  path: 'userGroups',
  one: 'userGroup',
  model: 'UserGroup',
  links: ['group', 'user'],
  defaults: (store) => ({
    userid: '',
    groupid: '',
    cdate: store.iso(),
    udate: store.iso(),
    group: '',
    user: '',
  }),
}

export const groupEndpoints: readonly Endpoint[] = [
  ...crud(groups),
  ...crud(groupLimits, ['list', 'get']),
  ...crud(userGroups, ['list', 'get']),
]
