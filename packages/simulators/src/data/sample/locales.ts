/** A common name as it is written, and its letters in an e-mail address when they are not the same. */
type Name = string | readonly [written: string, ascii: string]

/** Where a person of the sample comes from. In `phones`, `#` is a random digit. */
export interface Locale {
  readonly country: string
  readonly cities: readonly [string, ...string[]]
  readonly street: string
  readonly phones: readonly [string, ...string[]]
  readonly given: readonly [Name, ...Name[]]
  readonly family: readonly [Name, ...Name[]]
}

/** Common given names and family names; the people who come of them are made up. */
export const locales: readonly [Locale, ...Locale[]] = [
  {
    country: 'Ireland',
    cities: ['Dublin', 'Cork', 'Galway'],
    street: 'Harbour Road',
    phones: ['+353 1 ### ####', '01 ### ####', '00353 86 ### ####', '(086) ###-#### ext. ##'],
    given: ['Aoife', 'Liam', 'Máire', 'Conor', 'Niamh', 'Seán'],
    family: ["O'Brien", "O'Neill", 'Murphy', 'Ní Dhomhnaill', 'Fitzgerald', 'Mac Cárthaigh'],
  },
  {
    country: 'Germany',
    cities: ['Köln', 'München', 'Düsseldorf'],
    street: 'Lindenstraße',
    phones: ['+49 221 #######', '0049 89 ######', '0211/######-##', '(0221) ## ## ##'],
    given: ['Jürgen', 'Käthe', 'Sören', 'Anna-Lena', 'Björn', 'Ute'],
    family: ['Müller', 'Weiß', 'Schröder-Jäger', 'von der Heide', 'Groß', 'Köhler'],
  },
  {
    country: 'France',
    cities: ['Orléans', 'Besançon', 'Nîmes'],
    street: 'rue de la Forêt',
    phones: ['+33 1 ## ## ## ##', '02.##.##.##.##', '0033 6 ########'],
    given: ['Zoë', 'François', 'Chloé', 'Noël', 'Hélène', 'Jean-Luc'],
    family: ['Lefèvre', 'd’Arcy', 'Garçon', 'Le Goff', 'Bénoît', 'Dupont'],
  },
  {
    country: 'Poland',
    cities: ['Łódź', 'Kraków', 'Gdańsk'],
    street: 'ul. Świętego Jana',
    phones: ['+48 ### ### ###', '42 ### ## ##', '0048#########'],
    given: ['Małgorzata', 'Łukasz', 'Zofia', 'Paweł', 'Agnieszka', 'Stanisław'],
    family: ['Wójcik', 'Kowalczyk', 'Żak', 'Dąbrowska', 'Lewandowski', 'Śliwa'],
  },
  {
    country: 'Türkiye',
    cities: ['İzmir', 'Eskişehir', 'Muğla'],
    street: 'Çınar Sokağı',
    phones: ['+90 532 ### ## ##', '0232 ### ## ##'],
    given: ['İbrahim', 'Ayşe', 'Işıl', 'Gökhan', 'Şule', 'Çağrı'],
    family: ['Yılmaz', 'Öztürk', 'Şahin', 'Kılıç', 'Güneş', 'Doğan'],
  },
  {
    country: 'Ελλάδα',
    cities: ['Αθήνα', 'Θεσσαλονίκη', 'Πάτρα'],
    street: 'Οδός Ελαιών',
    phones: ['+30 210 ### ####', '2310 ######'],
    given: [
      ['Ελένη', 'eleni'],
      ['Γιώργος', 'giorgos'],
      ['Χρήστος', 'christos'],
      ['Μαρία', 'maria'],
    ],
    family: [
      ['Παπαδόπουλος', 'papadopoulos'],
      ['Οικονόμου', 'oikonomou'],
      ['Γεωργίου', 'georgiou'],
      ['Νικολαΐδης', 'nikolaidis'],
    ],
  },
  {
    country: 'Україна',
    cities: ['Київ', 'Львів', 'Одеса'],
    street: 'вул. Садова',
    phones: ['+380 44 ### ## ##', '8 (050) ###-##-##'],
    given: [
      ['Олена', 'olena'],
      ['Андрій', 'andrii'],
      ['Їванка', 'yivanka'],
      ['Сергій', 'serhii'],
    ],
    family: [
      ['Шевченко', 'shevchenko'],
      ['Коваленко', 'kovalenko'],
      ['Бойко', 'boiko'],
      ['Щербак', 'shcherbak'],
    ],
  },
  {
    country: 'مصر',
    cities: ['القاهرة', 'الإسكندرية', 'أسوان'],
    street: 'شارع النيل',
    phones: ['+20 2 #### ####', '٠١٠########'],
    given: [
      ['فاطمة', 'fatima'],
      ['أحمد', 'ahmed'],
      ['ليلى', 'layla'],
      ['يوسف', 'youssef'],
    ],
    family: [
      ['حسن', 'hassan'],
      ['عبد الرحمن', 'abdelrahman'],
      ['المصري', 'elmasry'],
      ['سليمان', 'soliman'],
    ],
  },
  {
    country: 'ישראל',
    cities: ['חיפה', 'ירושלים', 'באר שבע'],
    street: 'רחוב הזית',
    phones: ['+972 4-###-####', '052-#######'],
    given: [
      ['נועה', 'noa'],
      ['דוד', 'david'],
      ['תמר', 'tamar'],
      ['יוסף', 'yosef'],
    ],
    family: [
      ['כהן', 'cohen'],
      ['לוי', 'levi'],
      ['בן־דוד', 'bendavid'],
      ['מזרחי', 'mizrahi'],
    ],
  },
  {
    country: '中国',
    cities: ['上海', '成都', '广州'],
    street: '和平路',
    phones: ['+86 21 #### ####', '138########'],
    given: [
      ['伟', 'wei'],
      ['秀英', 'xiuying'],
      ['晓明', 'xiaoming'],
      ['芳', 'fang'],
    ],
    family: [
      ['王', 'wang'],
      ['李', 'li'],
      ['欧阳', 'ouyang'],
      ['陈', 'chen'],
    ],
  },
  {
    country: '日本',
    cities: ['札幌市', '横浜市', '那覇市'],
    street: '桜通り',
    phones: ['+81 3-####-####', '０９０-####-####'],
    given: [
      ['陽子', 'yoko'],
      ['健太', 'kenta'],
      ['さくら', 'sakura'],
      ['ケン', 'ken'],
    ],
    family: [
      ['髙橋', 'takahashi'],
      ['佐藤', 'sato'],
      ['渡邉', 'watanabe'],
      ['鈴木', 'suzuki'],
    ],
  },
  {
    country: '대한민국',
    cities: ['서울', '부산', '제주'],
    street: '은행로',
    phones: ['+82 2-####-####', '010-####-####'],
    given: [
      ['지우', 'jiwoo'],
      ['민준', 'minjun'],
      ['서연', 'seoyeon'],
      ['현우', 'hyunwoo'],
    ],
    family: [
      ['김', 'kim'],
      ['이', 'lee'],
      ['박', 'park'],
      ['남궁', 'namgung'],
    ],
  },
  {
    country: 'भारत',
    cities: ['जयपुर', 'पुणे', 'दिल्ली'],
    street: 'गांधी मार्ग',
    phones: ['+91 98### #####', '0141-#######'],
    given: [
      ['प्रिया', 'priya'],
      ['अर्जुन', 'arjun'],
      ['सुनीता', 'sunita'],
      ['राहुल', 'rahul'],
    ],
    family: [
      ['शर्मा', 'sharma'],
      ['पटेल', 'patel'],
      ['सिंह', 'singh'],
      ['गुप्ता', 'gupta'],
    ],
  },
  {
    country: 'Việt Nam',
    cities: ['Hà Nội', 'Đà Nẵng', 'Cần Thơ'],
    street: 'Đường Hoa Sen',
    phones: ['+84 24 #### ####', '1-800-FLOWERS', '09########'],
    given: ['Đức', 'Thị Hương', 'Quỳnh', 'Văn Hùng'],
    family: ['Nguyễn', 'Trần', 'Phạm', 'Đặng'],
  },
]

/** How a name is written. */
export function written(name: Name): string {
  return typeof name === 'string' ? name : name[0]
}

const letters: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', đ: 'd', ø: 'o', ı: 'i' }

/** A name's letters in an e-mail address. */
export function ascii(name: Name): string {
  if (typeof name !== 'string') return name[1]
  return name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[ßłđøı]/g, (letter) => letters[letter] ?? letter)
    .replaceAll(/[^a-z]/g, '')
}
