# ruff: noqa: E501 (the forms are as their publishers write them)
"""Small lists in the true forms of their publishers, of invented persons, firms and ships; for all tests of lists."""

from __future__ import annotations

from pathlib import Path

OFAC_XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML">
  <publshInformation><Publish_Date>03/09/2026</Publish_Date><Record_Count>3</Record_Count></publshInformation>
  <sdnEntry>
    <uid>90001</uid><firstName>Karim Salman</firstName><lastName>DARWAZI</lastName><title>Director</title>
    <sdnType>Individual</sdnType><remarks>(Linked To: GULF PEARL TRADING)</remarks>
    <programList><program>SDGT</program><program>IRAQ2</program></programList>
    <akaList>
      <aka><uid>1</uid><type>a.k.a.</type><category>strong</category><firstName>Kareem</firstName><lastName>DERWAZI</lastName></aka>
      <aka><uid>2</uid><type>a.k.a.</type><category>weak</category><lastName>ABU NAJM</lastName></aka>
    </akaList>
    <addressList><address><uid>5</uid><city>Basra</city><country>Iraq</country></address></addressList>
    <nationalityList><nationality><uid>7</uid><country>Syria</country><mainEntry>true</mainEntry></nationality></nationalityList>
    <dateOfBirthList><dateOfBirthItem><uid>6</uid><dateOfBirth>19 Jun 1961</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
      <dateOfBirthItem><uid>8</uid><dateOfBirth>circa 1962</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem></dateOfBirthList>
  </sdnEntry>
  <sdnEntry>
    <uid>90002</uid><lastName>GULF PEARL TRADING</lastName><sdnType>Entity</sdnType>
    <programList><program>SDGT</program></programList>
  </sdnEntry>
  <sdnEntry>
    <uid>90003</uid><lastName>NOOR STAR</lastName><sdnType>Vessel</sdnType>
    <programList><program>IRAN-EO13902</program></programList>
    <vesselInfo><callSign>XX1</callSign><vesselType>Crude Oil Tanker</vesselType><vesselFlag>Panama</vesselFlag></vesselInfo>
  </sdnEntry>
</sdnList>
"""

OFAC_ADVANCED = """<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML" Version="3">
  <DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>3</Month><Day>9</Day></DateOfIssue>
  <ReferenceValueSets>
    <AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1403">Name</AliasType></AliasTypeValues>
    <CountryValues><Country ID="11143" ISO2="IQ">Iraq</Country><Country ID="11217" ISO2="PA">Panama</Country></CountryValues>
    <FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="10">Nationality Country</FeatureType>
      <FeatureType ID="25">Location</FeatureType><FeatureType ID="3">Vessel Flag</FeatureType></FeatureTypeValues>
    <ListValues><List ID="1550">SDN List</List><List ID="91243">Non-SDN Menu-Based Sanctions List</List></ListValues>
    <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType>
      <NamePartType ID="1526">Vessel Name</NamePartType></NamePartTypeValues>
    <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType></PartyTypeValues>
    <PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType>
      <PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType></PartySubTypeValues>
    <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="1705">Block</SanctionsType></SanctionsTypeValues>
  </ReferenceValueSets>
  <Locations><Location ID="25"><LocationCountry CountryID="11143" CountryRelevanceID="1413" /></Location></Locations>
  <IDRegDocuments><IDRegDocument ID="2" IDRegDocTypeID="1571" IdentityID="6746"><IDRegistrationNo>A1</IDRegistrationNo></IDRegDocument></IDRegDocuments>
  <DistinctParties>
    <DistinctParty FixedRef="90001"><Comment />
      <Profile ID="90001" PartySubTypeID="4">
        <Identity ID="6746" FixedRef="90001" Primary="true" False="false">
          <Alias FixedRef="90001" AliasTypeID="1403" Primary="true" LowQuality="false">
            <DocumentedName ID="1" FixedRef="90001" DocNameStatusID="1">
              <DocumentedNamePart><NamePartValue NamePartGroupID="11" ScriptID="215">DARWAZI</NamePartValue></DocumentedNamePart>
              <DocumentedNamePart><NamePartValue NamePartGroupID="12" ScriptID="215">Karim Salman</NamePartValue></DocumentedNamePart>
            </DocumentedName>
            <DocumentedName ID="2" FixedRef="90001" DocNameStatusID="2">
              <DocumentedNamePart><NamePartValue NamePartGroupID="11" ScriptID="160">دروازي</NamePartValue></DocumentedNamePart>
              <DocumentedNamePart><NamePartValue NamePartGroupID="12" ScriptID="160">كريم سلمان</NamePartValue></DocumentedNamePart>
            </DocumentedName>
          </Alias>
          <Alias FixedRef="90001" AliasTypeID="1400" Primary="false" LowQuality="true">
            <DocumentedName ID="3" FixedRef="90001" DocNameStatusID="2">
              <DocumentedNamePart><NamePartValue NamePartGroupID="13" ScriptID="215">ABU NAJM</NamePartValue></DocumentedNamePart>
            </DocumentedName>
          </Alias>
          <NamePartGroups>
            <MasterNamePartGroup><NamePartGroup ID="11" NamePartTypeID="1520" /></MasterNamePartGroup>
            <MasterNamePartGroup><NamePartGroup ID="12" NamePartTypeID="1521" /></MasterNamePartGroup>
          </NamePartGroups>
        </Identity>
        <Feature ID="1000" FeatureTypeID="8"><FeatureVersion ID="1"><DatePeriod CalendarTypeID="1">
          <Start Approximate="false"><From><Year>1961</Year><Month>1</Month><Day>1</Day></From><To><Year>1961</Year><Month>1</Month><Day>1</Day></To></Start>
          <End Approximate="false"><From><Year>1961</Year><Month>12</Month><Day>31</Day></From><To><Year>1961</Year><Month>12</Month><Day>31</Day></To></End>
        </DatePeriod></FeatureVersion></Feature>
        <Feature ID="1001" FeatureTypeID="10"><FeatureVersion ID="2"><VersionLocation LocationID="25" /></FeatureVersion></Feature>
      </Profile>
    </DistinctParty>
    <DistinctParty FixedRef="90003"><Comment />
      <Profile ID="90003" PartySubTypeID="1">
        <Identity ID="6750" FixedRef="90003" Primary="true" False="false">
          <Alias FixedRef="90003" AliasTypeID="1403" Primary="true" LowQuality="false">
            <DocumentedName ID="9" FixedRef="90003" DocNameStatusID="1">
              <DocumentedNamePart><NamePartValue NamePartGroupID="31" ScriptID="215">NOOR STAR</NamePartValue></DocumentedNamePart>
            </DocumentedName>
          </Alias>
          <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="31" NamePartTypeID="1526" /></MasterNamePartGroup></NamePartGroups>
        </Identity>
        <Feature ID="1002" FeatureTypeID="3"><FeatureVersion ID="3"><VersionDetail DetailTypeID="1432">Panama</VersionDetail></FeatureVersion></Feature>
      </Profile>
    </DistinctParty>
  </DistinctParties>
  <ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="90001" To-ProfileID="90003" RelationTypeID="15003"><Comment /></ProfileRelationship></ProfileRelationships>
  <SanctionsEntries>
    <SanctionsEntry ID="1" ProfileID="90001" ListID="1550">
      <EntryEvent ID="1" EntryEventTypeID="1" LegalBasisID="1"><Comment /><Date CalendarTypeID="1"><Year>2019</Year><Month>5</Month><Day>14</Day></Date></EntryEvent>
      <SanctionsMeasure ID="1" SanctionsTypeID="1705"><Comment /></SanctionsMeasure>
      <SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>SDGT</Comment></SanctionsMeasure>
    </SanctionsEntry>
    <SanctionsEntry ID="2" ProfileID="90003" ListID="1550">
      <EntryEvent ID="2" EntryEventTypeID="1" LegalBasisID="1"><Comment /><Date CalendarTypeID="1"><Year>2025</Year><Month>2</Month><Day>3</Day></Date></EntryEvent>
      <SanctionsMeasure ID="3" SanctionsTypeID="1"><Comment>IRAN-EO13902</Comment></SanctionsMeasure>
    </SanctionsEntry>
  </SanctionsEntries>
</Sanctions>
"""

SDN_CSV = (
    '90001,"DARWAZI, Karim Salman","individual","SDGT] [IRAQ2","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"DOB 19 Jun 1961; alt. DOB 1962; nationality Syria; a.k.a. 'ABU NAJM'; Gender Male.\"\r\n"
    '90002,"GULF PEARL TRADING",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '90003,"NOOR STAR","vessel","IRAN-EO13902",-0- ,"XX1","Crude Oil Tanker",-0- ,-0- ,"Panama",-0- ,-0- \r\n\x1a'
)
ALT_CSV = '90001,1,"aka","DERWAZI, Kareem",-0- \r\n90002,2,"fka","PEARL GENERAL TRADING",-0- \r\n\x1a'
ADD_CSV = '90001,5,-0- ,"Basra","Iraq",-0- \r\n\x1a'
COMMENTS_CSV = '90002,"Business Registration Number 12; Target Type Private Company"\r\n\x1a'

EU_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-03-10T16:47:04.449+01:00" globalFileId="1">
  <sanctionEntity designationDetails="" unitedNationId="" euReferenceNumber="EU.9001.10" logicalId="77001">
    <remark>Invented for a test</remark>
    <regulation regulationType="amendment" organisationType="council" publicationDate="2023-02-25" entryIntoForceDate="2023-02-25" numberTitle="2023/1 (OJ L1)" programme="SYR" logicalId="2"/>
    <regulation regulationType="regulation" organisationType="council" publicationDate="2021-11-15" entryIntoForceDate="2021-11-16" numberTitle="2021/1 (OJ L1)" programme="SYR" logicalId="1">
      <publicationUrl>http://eur-lex.example/1</publicationUrl></regulation>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Karim" middleName="Salman" lastName="Darwazi" wholeName="Karim Salman Darwazi" function="" gender="M" title="" nameLanguage="" strong="true" regulationLanguage="en" logicalId="1"/>
    <nameAlias firstName="" middleName="" lastName="" wholeName="كريم سلمان دروازي" nameLanguage="AR" strong="true" regulationLanguage="en" logicalId="2"/>
    <nameAlias firstName="" middleName="" lastName="" wholeName="Abu Najm" nameLanguage="" strong="false" regulationLanguage="en" logicalId="3"/>
    <citizenship region="" countryIso2Code="SY" countryDescription="SYRIAN ARAB REPUBLIC" logicalId="4"/>
    <birthdate circa="true" calendarType="GREGORIAN" city="" zipCode="" birthdate="" dayOfMonth="" monthOfYear="" year="1961" region="" place="" countryIso2Code="00" countryDescription="UNKNOWN" logicalId="5"/>
    <address city="" countryIso2Code="00" countryDescription="IRAN (ISLAMIC REPUBLIC OF)" logicalId="6"/>
  </sanctionEntity>
  <sanctionEntity designationDate="2024-06-24" euReferenceNumber="EU.9002.11" logicalId="77002">
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias firstName="" lastName="" wholeName="ООО «Северная звезда»" strong="true" logicalId="9"/>
    <regulation programme="UKR" publicationDate="2024-06-25" logicalId="8"/>
    <identification number="123" countryIso2Code="RU" logicalId="7"/>
  </sanctionEntity>
</export>
"""

EU_CSV = (
    "\ufefffileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;"
    "Entity_DesignationDetails;Entity_Remark;Entity_SubjectType;Entity_SubjectType_ClassificationCode;"
    "Entity_Regulation_PublicationDate;Entity_Regulation_Programme;NameAlias_LastName;NameAlias_FirstName;"
    "NameAlias_MiddleName;NameAlias_WholeName;BirthDate_BirthDate;BirthDate_Year;Citizenship_CountryIso2Code;"
    "Citizenship_CountryDescription;Address_CountryIso2Code\n"
    "10/03/2026;77001;EU.9001.10;;;;Invented;P;person;2021-11-15;SYR;Darwazi;Karim;Salman;Karim Salman Darwazi;;;;;\n"
    "10/03/2026;77001;EU.9001.10;;;;Invented;P;person;2023-02-25;SYR;;;;كريم سلمان دروازي;;;;;\n"
    "10/03/2026;77001;EU.9001.10;;;;Invented;P;person;2021-11-15;SYR;;;;;1961-06-19;1961;;;\n"
    "10/03/2026;77001;EU.9001.10;;;;Invented;P;person;2021-11-15;SYR;;;;;;;SY;SYRIAN ARAB REPUBLIC;\n"
    '10/03/2026;77002;EU.9002.11;;2024-06-24;;;E;enterprise;2024-06-25;UKR;;;;"ООО ""Северная звезда""";;;;;RU\n'
)

EU_OLD_CSV = (
    "Date_file;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Programme;Entity_remark;"
    "Naal_lastname;Naal_firstname;Naal_middlename;Naal_wholename;Birt_date;Citi_country;EU_ref_num\n"
    "10/03/2026;77001;P;2021/1;2021-11-15;SYR;Invented;Darwazi;Karim;Salman;Karim Salman Darwazi;1961-06-19;SYR;EU.9001.10\n"
)

UK_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <DateGenerated>11/03/2026</DateGenerated>
  <Designation>
    <LastUpdated>04/02/2026</LastUpdated><DateDesignated>15/11/2021</DateDesignated>
    <UniqueID>SYR9001</UniqueID><OFSIGroupID>19001</OFSIGroupID><UNReferenceNumber />
    <Names>
      <Name><Name1>Karim</Name1><Name2>Salman</Name2><Name6>DARWAZI</Name6><NameType>Primary Name</NameType></Name>
      <Name><Name1>Kareem</Name1><Name6>Derwazi</Name6><NameType>Alias</NameType><AliasStrength>Good quality a.k.a</AliasStrength></Name>
      <Name><Name6>Abu Najm</Name6><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
      <Name><Name1>Karim</Name1><Name6>Al-Darwazi</Name6><NameType>Primary Name Variation</NameType></Name>
    </Names>
    <NonLatinNames><NonLatinName><NameNonLatinScript>كريم سلمان دروازي</NameNonLatinScript><NonLatinScriptType>Arabic</NonLatinScriptType></NonLatinName></NonLatinNames>
    <RegimeName>The Syria (Sanctions) (EU Exit) Regulations 2019</RegimeName>
    <IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UK</DesignationSource>
    <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
    <UKStatementofReasons>Invented for a test.</UKStatementofReasons>
    <Addresses><Address><AddressLine6>Basra</AddressLine6><AddressCountry>Iraq</AddressCountry></Address></Addresses>
    <IndividualDetails><Individual>
      <DOBs><DOB>dd/mm/1961</DOB><DOB>19/06/1962</DOB></DOBs>
      <Nationalities><Nationality>Syria</Nationality></Nationalities>
      <BirthDetails><Location><TownOfBirth>Homs</TownOfBirth><CountryOfBirth>Syria</CountryOfBirth></Location></BirthDetails>
    </Individual></IndividualDetails>
  </Designation>
  <Designation>
    <DateDesignated>31/07/2024</DateDesignated><UniqueID>RUS9002</UniqueID>
    <Names><Name><Name6>NOOR STAR</Name6><NameType>Primary Name</NameType></Name></Names>
    <RegimeName>The Russia (Sanctions) (EU Exit) Regulations 2019</RegimeName>
    <IndividualEntityShip>Ship</IndividualEntityShip>
    <ShipDetails><Ship><IMONumbers><IMONumber>9000001</IMONumber></IMONumbers>
      <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Panama</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips></Ship></ShipDetails>
  </Designation>
</Designations>
"""

_UKSL_HEADER = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,"
    "Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,"
    "Address Country,Date Designated,D.O.B,Nationality(/ies),Country of birth,Current believed flag of ship"
)
UK_CSV = (
    f"Report Date: 11-Mar-2026\n{_UKSL_HEADER}\n"
    "04/02/2026,SYR9001,19001,,DARWAZI,Karim,Salman,,,,Primary Name,,,كريم سلمان دروازي,Arabic,Arabic,Syria,"
    "Individual,UK,Asset freeze,,Invented.,,Iraq,15/11/2021,dd/mm/1961,Syria,Syria,\n"
    "04/02/2026,SYR9001,19001,,DARWAZI,Karim,Salman,,,,Primary Name,,,كريم سلمان دروازي,Arabic,Arabic,Syria,"
    "Individual,UK,Asset freeze,,Invented.,,Lebanon,15/11/2021,19/06/1962,Syria,Syria,\n"
    "04/02/2026,SYR9001,19001,,Abu Najm,,,,,,Alias,Low quality a.k.a,,,,,Syria,"
    "Individual,UK,Asset freeze,,Invented.,,Iraq,15/11/2021,dd/mm/1961,Syria,Syria,\n"
    "31/07/2024,RUS9002,,,NOOR STAR,,,,,,Primary Name,,,,,,Russia,Ship,UK,,,,,,31/07/2024,,,,Panama\n"
)

OFSI_CSV = (
    "Last Updated,05/01/2026\n"
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
    "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,"
    "National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,Address 4,"
    "Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,"
    "UK Sanctions List Date Designated,Last Updated,Group ID\n"
    "DARWAZI,Karim,Salman,,,,,كريم سلمان دروازي,,,19/06/1961,Homs,Syria,Syria,,,,,,,,,,,,,Iraq,Invented,Individual,"
    "Primary name,,Syria,15/11/2021,15/11/2021,05/01/2026,19001\n"
    "Abu Najm,,,,,,,,,,19/06/1961,Homs,Syria,Syria,,,,,,,,,,,,,Iraq,Invented,Individual,AKA,Low quality,Syria,"
    "15/11/2021,15/11/2021,05/01/2026,19001\n"
)

OFSI_XML = """<?xml version="1.0" encoding="utf-8"?>
<ArrayOfFinancialSanctionsTarget xmlns="http://schemas.hmtreasury.gov.uk/ofsi/consolidatedlist">
  <FinancialSanctionsTarget><Name6>DARWAZI</Name6><name1>Karim</name1><name2>Salman</name2><Country>Iraq</Country>
    <GroupTypeDescription>Individual</GroupTypeDescription><AliasType>Primary name</AliasType><RegimeName>Syria</RegimeName>
    <Individual_DateOfBirth>19/06/1961</Individual_DateOfBirth><DateListed>2021-11-15T00:00:00</DateListed><GroupID>19001</GroupID>
  </FinancialSanctionsTarget>
  <FinancialSanctionsTarget><Name6>Abu Najm</Name6><GroupTypeDescription>Individual</GroupTypeDescription>
    <AliasType>AKA</AliasType><AliasQuality>Low quality</AliasQuality><RegimeName>Syria</RegimeName><GroupID>19001</GroupID>
  </FinancialSanctionsTarget>
</ArrayOfFinancialSanctionsTarget>
"""

UN_XML = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://www.un.org/sc/resources/sc-sanctions.xsd" dateGenerated="2026-03-12T00:00:09.554Z">
  <INDIVIDUALS>
    <INDIVIDUAL>
      <DATAID>6999001</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>KARIM</FIRST_NAME><SECOND_NAME>SALMAN</SECOND_NAME><THIRD_NAME>DARWAZI</THIRD_NAME>
      <UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.999</REFERENCE_NUMBER><LISTED_ON>2018-04-05</LISTED_ON>
      <NAME_ORIGINAL_SCRIPT>كريم سلمان دروازي</NAME_ORIGINAL_SCRIPT><COMMENTS1>Invented.</COMMENTS1>
      <NATIONALITY><VALUE>Syrian Arab Republic</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
      <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Kareem Derwazi</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Abu Najm</ALIAS_NAME></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
      <INDIVIDUAL_ADDRESS><CITY>Basra</CITY><COUNTRY>Iraq</COUNTRY></INDIVIDUAL_ADDRESS>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1964</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
      <INDIVIDUAL_PLACE_OF_BIRTH><COUNTRY/></INDIVIDUAL_PLACE_OF_BIRTH><INDIVIDUAL_DOCUMENT/><SORT_KEY/>
    </INDIVIDUAL>
  </INDIVIDUALS>
  <ENTITIES>
    <ENTITY>
      <DATAID>6999002</DATAID><FIRST_NAME>GULF PEARL TRADING</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>
      <REFERENCE_NUMBER>QDe.998</REFERENCE_NUMBER><LISTED_ON>2019-01-02</LISTED_ON>
      <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Pearl General Trading</ALIAS_NAME></ENTITY_ALIAS>
      <ENTITY_ADDRESS><COUNTRY>United Arab Emirates</COUNTRY></ENTITY_ADDRESS>
    </ENTITY>
  </ENTITIES>
</CONSOLIDATED_LIST>
"""

#: Each form by its name: the files that it is, which list it is, and the day it tells.
FORMS: dict[str, tuple[dict[str, str], str, str | None]] = {
    "ofac-xml": ({"list.xml": OFAC_XML}, "ofac-sdn", "2026-03-09"),
    "ofac-advanced-xml": ({"list.xml": OFAC_ADVANCED}, "ofac-sdn", "2026-03-09"),
    "ofac-csv": ({"a.csv": ADD_CSV, "b.csv": SDN_CSV, "c.csv": ALT_CSV, "d.csv": COMMENTS_CSV}, "ofac-sdn", None),
    "eu-xml": ({"list.xml": EU_XML}, "eu", "2026-03-10"),
    "eu-csv": ({"list.csv": EU_CSV}, "eu", "2026-03-10"),
    "uk-xml": ({"list.xml": UK_XML}, "uk", "2026-03-11"),
    "uk-csv": ({"list.csv": UK_CSV}, "uk", "2026-03-11"),
    "ofsi-csv": ({"list.csv": OFSI_CSV}, "uk-ofsi", "2026-01-05"),
    "ofsi-xml": ({"list.xml": OFSI_XML}, "uk-ofsi", None),
    "un-xml": ({"list.xml": UN_XML}, "un", "2026-03-12"),
}


def written(folder: Path, form: str) -> list[Path]:
    """The files of a form in a folder, each under a name that says nothing."""
    paths = []
    for name, text in FORMS[form][0].items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="")
        paths.append(path)
    return paths
