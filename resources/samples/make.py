#!/usr/bin/python3
"""Makes the samples: evidence as Server 2008 machines give it, of machines that never were.

Layout, order of lines and encodings are those of the real tools (systeminfo, reg export, ver);
names, owners, addresses and product ids are invented. Versions, revisions, build labs, packages
and dates are those of resources/knowledge/.

usage: make.py            write the samples beside this script
       make.py --check    say which of them differ from what it would write; exit 1 for any

SPDX-License-Identifier: MIT
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent

CURRENT_VERSION = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
SERVICING = (r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion"
             r"\Component Based Servicing")
CONTROL = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control"

# 2010-09-14 09:41:05 in London, as the systeminfo of the same machine says.
INSTALLED_ON = 1284453665

# States of a package as the servicing of NT 6.0 writes them.
INSTALLED = 7
INSTALL_PENDING = 6

BRAND = "Microsoftr Windows Serverr 2008 "  # what an OEM code page leaves of (R)


def text(lines, encoding="cp437"):
    return "".join(line + "\r\n" for line in lines).encode(encoding)


# ---- systeminfo -------------------------------------------------------------------------------

ENGLISH = dict(
    host="Host Name:", name="OS Name:", version="OS Version:", maker="OS Manufacturer:",
    configuration="OS Configuration:", build_type="OS Build Type:", owner="Registered Owner:",
    organization="Registered Organization:", product_id="Product ID:",
    installed="Original Install Date:", boot="System Boot Time:",
    system_maker="System Manufacturer:", model="System Model:", type="System Type:",
    processors="Processor(s):", processors_value="1 Processor(s) Installed.",
    bios="BIOS Version:", windows="Windows Directory:", system="System Directory:",
    device="Boot Device:", locale="System Locale:", input="Input Locale:", zone="Time Zone:",
    memory="Total Physical Memory:", free="Available Physical Memory:",
    page_max="Page File: Max Size:", page_free="Page File: Available:",
    page_used="Page File: In Use:", page_file="Page File Location(s):", domain="Domain:",
    logon="Logon Server:", hotfixes="Hotfix(s):", hotfixes_value="{} Hotfix(s) Installed.",
    cards="Network Card(s):", cards_value="1 NIC(s) Installed.",
    connection="Connection Name:", connection_value="Local Area Connection",
    dhcp="DHCP Enabled:", dhcp_value="No", address="IP address(es)", width=27)

GERMAN = dict(
    host="Hostname:", name="Betriebssystemname:", version="Betriebssystemversion:",
    maker="Betriebssystemhersteller:", configuration="Betriebssystemkonfiguration:",
    build_type="Betriebssystem-Buildtyp:", owner="Registrierter Benutzer:",
    organization="Registrierte Organisation:", product_id="Produkt-ID:",
    installed="Ursprüngliches Installationsdatum:", boot="Systemstartzeit:",
    system_maker="Systemhersteller:", model="Systemmodell:", type="Systemtyp:",
    processors="Prozessor(en):", processors_value="1 Prozessor(en) installiert.",
    bios="BIOS-Version:", windows="Windows-Verzeichnis:", system="System-Verzeichnis:",
    device="Startgerät:", locale="Systemgebietsschema:", input="Eingabegebietsschema:",
    zone="Zeitzone:", memory="Gesamter physikalischer Speicher:",
    free="Verfügbarer physikalischer Speicher:",
    page_max="Auslagerungsdatei: Max. Größe:", page_free="Auslagerungsdatei: Verfügbar:",
    page_used="Auslagerungsdatei: Verwendet:", page_file="Auslagerungsdateipfad(e):",
    domain="Domäne:", logon="Anmeldeserver:", hotfixes="Hotfix(es):",
    hotfixes_value="{} Hotfix(e) installiert.", cards="Netzwerkkarte(n):",
    cards_value="1 Netzwerkadapter installiert.", connection="Verbindungsname:",
    connection_value="LAN-Verbindung", dhcp="DHCP aktiviert:", dhcp_value="Nein",
    address="IP-Adresse(n)", width=39)

RUSSIAN = dict(
    host="Имя узла:", name="Название ОС:", version="Версия ОС:", maker="Изготовитель ОС:",
    configuration="Параметры ОС:", build_type="Сборка ОС:",
    owner="Зарегистрированный владелец:", organization="Зарегистрированная организация:",
    product_id="Код продукта:", installed="Дата установки:", boot="Время загрузки системы:",
    system_maker="Изготовитель системы:", model="Модель системы:", type="Тип системы:",
    processors="Процессор(ы):", processors_value="Число процессоров - 1.",
    bios="Версия BIOS:", windows="Папка Windows:", system="Системная папка:",
    device="Устройство загрузки:", locale="Язык системы:", input="Язык ввода:",
    zone="Часовой пояс:", memory="Полный объем физической памяти:",
    free="Доступная физическая память:", page_max="Файл подкачки: Макс. размер:",
    page_free="Файл подкачки: Доступен:", page_used="Файл подкачки: Используется:",
    page_file="Расположение файла подкачки:", domain="Домен:", logon="Сервер входа в сеть:",
    hotfixes="Исправление(я):", hotfixes_value="Число установленных исправлений - {}.",
    cards="Сетевые адаптеры:", cards_value="Число сетевых адаптеров - 1.",
    connection="Имя подключения:", connection_value="Подключение по локальной сети",
    dhcp="DHCP включен:", dhcp_value="Нет", address="IP-адрес", width=34)


def systeminfo(labels, machine, hotfixes):
    """The lines of systeminfo in the order of NT 6.0."""
    width = labels["width"]
    indent = " " * width

    def line(label, value):
        return labels[label].ljust(width) + value

    lines = ["", line("host", machine["host"]), line("name", machine["name"] + " "),
             line("version", machine["version"]), line("maker", "Microsoft Corporation"),
             line("configuration", machine["configuration"]),
             line("build_type", "Multiprocessor Free"), line("owner", machine["owner"]),
             line("organization", machine["organization"]),
             line("product_id", machine["product_id"]), line("installed", machine["installed"]),
             line("boot", machine["boot"]), line("system_maker", "Beispiel Systeme"),
             line("model", "BS-2200"), line("type", machine["type"]),
             line("processors", labels["processors_value"]),
             indent + "[01]: " + machine["processor"], line("bios", "Beispiel 2.14, 6/3/2010"),
             line("windows", r"C:\Windows"), line("system", r"C:\Windows\system32"),
             line("device", r"\Device\HarddiskVolume1"), line("locale", machine["locale"]),
             line("input", machine["locale"]), line("zone", machine["zone"]),
             line("memory", machine["memory"][0]), line("free", machine["memory"][1]),
             line("page_max", machine["memory"][2]), line("page_free", machine["memory"][3]),
             line("page_used", machine["memory"][4]), line("page_file", r"C:\pagefile.sys"),
             line("domain", machine["domain"]), line("logon", "\\\\" + machine["host"]),
             line("hotfixes", labels["hotfixes_value"].format(len(hotfixes)))]
    lines += [f"{indent}[{i:02}]: KB{kb}" for i, kb in enumerate(hotfixes, 1)]
    lines += [line("cards", labels["cards_value"]),
              indent + "[01]: Beispiel Gigabit Server Adapter",
              f"{indent}      {labels['connection']} {labels['connection_value']}",
              f"{indent}      {labels['dhcp']}    {labels['dhcp_value']}",
              f"{indent}      {labels['address']}",
              f"{indent}      [01]: {machine['address']}"]
    return lines


XEON = "Intel64 Family 6 Model 26 Stepping 5 GenuineIntel ~2261 Mhz"

# What a Server 2008 SP2 carried before the transition, and its way up to the last update.
BEFORE = [948465, 955430, 968930, 2506146, 2999226, 4474419, 4489880]
TO_THE_END = [948465, 955430, 968930, 2506146, 2999226, 4474419, 4493730, 4517134, 4520002,
              5016891, 5073697]

FILE01 = dict(
    host="SRV-FILE01", name=BRAND + "Standard", version="6.0.6002 Service Pack 2 Build 6002",
    configuration="Member Server", owner="Musterwerk IT", organization="Musterwerk GmbH",
    product_id="92573-082-2500446-76210", installed="3/9/2011, 10:02:17 AM",
    boot="3/13/2019, 4:11:52 AM", type="x64-based PC", processor=XEON,
    locale="en-us;English (United States)", zone="(GMT) Greenwich Mean Time : Dublin, London",
    memory=("8,182 MB", "5,903 MB", "16,551 MB", "13,870 MB", "2,681 MB"),
    domain="musterwerk.example", address="192.0.2.21")

FILE09 = dict(FILE01, host="SRV-FILE09", version="6.0.6003 Service Pack 2 Build 6003",
              product_id="92573-082-2500446-76218", installed="9/14/2010, 9:41:05 AM",
              boot="1/14/2026, 3:58:20 AM", address="192.0.2.29")

DRUCK02 = dict(
    host="SRV-DRUCK02", name="Microsoft® Windows Server® 2008 Standard",
    version="6.0.6003 Service Pack 2 Build 6003", configuration="Mitgliedsserver",
    owner="Musterwerk IT", organization="Musterwerk GmbH, Werk Süd",
    product_id="92573-082-2500446-76233", installed="17.05.2010, 14:22:41",
    boot="12.06.2019, 05:03:16", type="X86-based PC",
    processor="x64 Family 6 Model 26 Stepping 5 GenuineIntel ~2261 MHz",
    locale="de;Deutsch (Deutschland)",
    zone="(GMT+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien",
    memory=("3.326 MB", "2.481 MB", "6.873 MB", "6.020 MB", "853 MB"),
    domain="musterwerk.example", address="192.0.2.42")

BUH = dict(
    host="SRV-BUH", name=BRAND + "Enterprise", version="6.0.6002 Service Pack 2 сборка 6002",
    configuration="Изолированный сервер", owner="Бухгалтерия", organization="ООО Пример",
    product_id="92577-082-2500446-76101", installed="02.11.2011, 11:20:05",
    boot="20.02.2019, 8:14:33", type="x64-based PC", processor=XEON, locale="ru;Русский",
    zone="(GMT+03:00) Москва, Санкт-Петербург, Волгоград",
    memory=("4 095 МБ", "2 870 МБ", "8 389 МБ", "6 904 МБ", "1 485 МБ"),
    domain="WORKGROUP", address="192.0.2.77")

WERKSTATT = dict(
    host="PC-WERKSTATT", name="Microsoftr Windows VistaT Business",
    version="6.0.6003 Service Pack 2 Build 6003", configuration="Standalone Workstation",
    owner="Werkstatt", organization="", product_id="89584-082-2500446-71880",
    installed="5/30/2009, 6:15:40 PM", boot="11/2/2019, 9:30:11 AM", type="x64-based PC",
    processor="Intel64 Family 6 Model 23 Stepping 10 GenuineIntel ~2833 Mhz",
    locale="en-us;English (United States)", zone="(GMT) Greenwich Mean Time : Dublin, London",
    memory=("4,094 MB", "2,611 MB", "8,363 MB", "6,701 MB", "1,662 MB"), domain="WORKGROUP",
    address="192.0.2.90")


# ---- .reg -------------------------------------------------------------------------------------

def quoted(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def reg_value(name, value):
    """One line of a .reg file: text, a number (dword) or a list of texts (hex(7))."""
    if isinstance(value, int):
        return f"{quoted(name)}=dword:{value:08x}"
    if isinstance(value, list):
        data = ("\0".join(value) + "\0\0").encode("utf-16le")
        cells = [f"{byte:02x}" for byte in data]
        first = f"{quoted(name)}=hex(7):"
        lines, line = [], first
        for i, cell in enumerate(cells):
            line += cell + ("," if i + 1 < len(cells) else "")
            if len(line) > 76 and i + 1 < len(cells):
                lines.append(line + "\\")
                line = "  "
        return "\r\n".join(lines + [line])
    return f"{quoted(name)}={quoted(value)}"


def reg(*keys):
    """A .reg export of version 5 in UTF-16 with its mark, as regedit writes it."""
    out = "Windows Registry Editor Version 5.00\r\n\r\n"
    for key, values in keys:
        out += f"[{key}]\r\n"
        out += "".join(reg_value(name, value) + "\r\n" for name, value in values.items())
        out += "\r\n"
    return b"\xff\xfe" + out.encode("utf-16le")


def current_version(build, lab_ex, **more):
    """The values of the CurrentVersion key; lab_ex None leaves both lab strings out."""
    values = {"CurrentVersion": "6.0", "CurrentBuild": build, "SoftwareType": "System",
              "CurrentType": "Multiprocessor Free", "InstallDate": INSTALLED_ON,
              "RegisteredOrganization": "Musterwerk GmbH", "RegisteredOwner": "Musterwerk IT",
              "SystemRoot": r"C:\Windows", "ProductName": "Windows Server (R) 2008 Standard",
              "ProductId": "92573-082-2500446-76218", "CSDVersion": "Service Pack 2",
              "CurrentBuildNumber": build}
    if lab_ex:
        parts = lab_ex.split(".")
        values["BuildLab"] = ".".join([parts[0], *parts[3:]])
        values["BuildLabEx"] = lab_ex
    values["EditionID"] = "ServerStandard"
    values.update(more)
    return CURRENT_VERSION, values


def identity(name, version, arch="amd64"):
    return f"{name}~31bf3856ad364e35~{arch}~~{version}"


def package(kb, version, state=INSTALLED, arch="amd64", name=None):
    full = identity(name or f"Package_for_KB{kb}", version, arch)
    return rf"{SERVICING}\Packages\{full}", {
        "InstallClient": "WindowsUpdateAgent", "InstallName": full + ".mum",
        "CurrentState": state, "SelfUpdate": 0, "Visibility": 2}


def foundation(arch="amd64"):
    return package(0, "6.0.6001.18000", arch=arch,
                   name="Microsoft-Windows-Foundation-Package")


def product_options(kind="ServerNT"):
    return CONTROL + r"\ProductOptions", {"ProductType": kind, "ProductSuite": ["Terminal Server"]}


def computer_name(name):
    return CONTROL + r"\ComputerName\ComputerName", {"ComputerName": name}


LAB_SP2 = "6002.18005.amd64fre.lh_sp2rtm.090410-1830"
LAB_MARCH_2019 = "6002.24566.amd64fre.vistasp2_ldr_escrow.190311-1800"
LAB_APRIL_2019 = "6003.20489.amd64fre.vistasp2_ldr_escrow.190320-1700"
LAB_OCTOBER_2024 = "6003.22918.x86fre.vistasp2_ldr_escrow.240927-1811"
LAB_FINAL = "6003.23717.amd64fre.vistasp2_ldr_escrow.251211-1611"

APRIL_2019 = reg(
    current_version("6003", LAB_APRIL_2019, UBR=20489),
    (SERVICING, {"LastInstallState": 0}), (SERVICING + r"\Packages", {}), foundation(),
    package(948465, "6.0.1.18005", name="VistaSP2-KB948465"),
    package(4489880, "6.0.1.0", state=5), package(4493730, "6.0.1.1"),
    package(4493471, "6.0.1.7"), computer_name("SRV-APP03"), product_options())

FINAL = reg(
    current_version("6003", LAB_FINAL, UBR=23717), (SERVICING + r"\Packages", {}), foundation(),
    package(948465, "6.0.1.18005", name="VistaSP2-KB948465"), package(4474419, "6.0.3.2"),
    package(4493730, "6.0.1.1"), package(4517134, "6.0.1.0"), package(4520002, "6.0.1.1"),
    package(5016891, "6.0.1.0"), package(5073697, "6.0.1.2"), computer_name("SRV-FILE09"),
    product_options())

# The 32-bit machine on which the update count in the registry stands still.
UBR_LAGS = reg(
    current_version("6003", LAB_OCTOBER_2024, UBR=22464, EditionID="ServerDatacenterV",
                    ProductName="Windows Server (R) 2008 Datacenter without Hyper-V",
                    ProductId="92577-082-2500446-76307"),
    (SERVICING + r"\Packages", {}), foundation("x86"),
    package(948465, "6.0.1.18005", arch="x86", name="VistaSP2-KB948465"),
    package(5016891, "6.0.1.0", arch="x86"), package(5044306, "6.0.1.1", arch="x86"),
    computer_name("SRV-LAB32"), product_options())

HALF_INSTALLED = reg(
    current_version("6002", LAB_MARCH_2019, ProductId="92573-082-2500446-76225"),
    (SERVICING, {}), (SERVICING + r"\RebootPending", {}),
    (SERVICING + r"\PackagesPending", {"Exclusive": 2}), foundation(),
    package(948465, "6.0.1.18005", name="VistaSP2-KB948465"), package(4489880, "6.0.1.0"),
    package(4493730, "6.0.1.1"), package(4493471, "6.0.1.7", state=INSTALL_PENDING),
    (CONTROL + r"\Session Manager", {"PendingFileRenameOperations": [
        r"\??\C:\Windows\winsxs\Temp\PendingRenames\ntoskrnl.exe.6003",
        r"!\??\C:\Windows\System32\ntoskrnl.exe"]}),
    computer_name("SRV-APP04"), product_options())

EDITED = reg(
    current_version("6003", LAB_MARCH_2019, ProductId="92573-082-2500446-76240"),
    (SERVICING + r"\Packages", {}), foundation(),
    package(948465, "6.0.1.18005", name="VistaSP2-KB948465"), package(4489880, "6.0.1.0"),
    computer_name("SRV-ALT05"), product_options())

EDITED_KERNEL = text([
    r"C:\>wmic datafile where name='c:\\windows\\system32\\ntoskrnl.exe' get name,version /value",
    "", "", r"Name=c:\windows\system32\ntoskrnl.exe", "Version=6.0.6002.24566", "", ""])

STACK_ONLY = reg(
    current_version("6002", LAB_MARCH_2019, ProductId="92573-082-2500446-76251"),
    (SERVICING + r"\Packages", {}), (SERVICING + r"\Version", {
        "6.0.6002.18005": r"%SystemRoot%\winsxs\amd64_microsoft-windows-servicingstack"
                          r"_31bf3856ad364e35_6.0.6002.18005_none_0b4ada54c46c45b0",
        "6.0.6003.20484": r"%SystemRoot%\winsxs\amd64_microsoft-windows-servicingstack"
                          r"_31bf3856ad364e35_6.0.6003.20484_none_0e19a3b2c1f60d5e"}),
    foundation(), package(948465, "6.0.1.18005", name="VistaSP2-KB948465"),
    package(4489880, "6.0.1.0"), package(4493730, "6.0.1.1"), computer_name("SRV-WEB06"),
    product_options())

WINE = reg((CURRENT_VERSION, {
    "CSDVersion": "Service Pack 2", "CurrentBuild": "6003", "CurrentBuildNumber": "6003",
    "CurrentMajorVersionNumber": 6, "CurrentMinorVersionNumber": 0,
    "CurrentType": "Uniprocessor Free", "CurrentVersion": "6.0", "InstallDate": 0x65A51B3C,
    "ProductId": "12345-oem-0000001-54321", "ProductName": "Microsoft Windows 2008",
    "RegisteredOrganization": "", "RegisteredOwner": "", "SystemRoot": r"C:\windows"}),
    product_options())

VER = text(["Microsoft Windows [Version 6.0.6003]",
            "Copyright (c) 2006 Microsoft Corporation.  All rights reserved.", "",
            r"C:\Users\Administrator>"])

DNS = text([r"C:\>nslookup -class=chaos -type=txt version.bind 192.0.2.53", "",
            'version.bind    text = "Microsoft DNS 6.0.6003 (1773501D)"'])

SMB = text(["192.0.2.61:445",
            "Native OS: Windows Server (R) 2008 Enterprise without Hyper-V 6003 Service Pack 2",
            "Native LAN Manager: Windows Server (R) 2008 Enterprise without Hyper-V 6.0"])



# ---- nmap -------------------------------------------------------------------------------------

def nmap_script(name, *lines):
    output = "".join(f"&#xa;  {line}" for line in lines)
    return f'<script id="{name}" output="{output}"/>'


def nmap_port(number, service, script="", **attributes):
    attributes = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return (f'<port protocol="tcp" portid="{number}"><state state="open" reason="syn-ack"/>'
            f'<service name="{service}"{attributes}/>{script}</port>')


def nmap_host(address, name, ports, discovery=""):
    return [f'<host starttime="1557309600"><status state="up" reason="syn-ack"/>',
            f'<address addr="{address}" addrtype="ipv4"/>',
            f'<hostnames><hostname name="{name}" type="PTR"/></hostnames>',
            f'<ports>{"".join(ports)}</ports>', f"<hostscript>{discovery}</hostscript>", "</host>"]


def nmap_discovery(product, build, name):
    return nmap_script("smb-os-discovery",
                       f"OS: {product} {build} Service Pack 2 ({product} 6.0)",
                       "OS CPE: cpe:/o:microsoft:windows_server_2008::sp2",
                       f"Computer name: {name.lower()}", f"NetBIOS computer name: {name}\\x00",
                       "System time: 2019-05-08T12:00:05+02:00")


SCAN = "\n".join([
    '<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE nmaprun>",
    '<nmaprun scanner="nmap" args="nmap -sV -sC -oX network-scan.xml 192.0.2.0/24" '
    'start="1557309600" startstr="Wed May  8 10:00:00 2019" version="7.80">',
    *nmap_host("192.0.2.61", "srv-dc01.beispiel.example",
               [nmap_port(53, "domain", nmap_script("dns-nsid", "bind.version: Microsoft DNS "
                                                    "6.0.6003 (1773501D)"),
                          product="Microsoft DNS", version="6.0.6003 (1773501D)",
                          extrainfo="Windows Server 2008 SP2", ostype="Windows"),
                nmap_port(445, "microsoft-ds")],
               nmap_discovery("Windows Server (R) 2008 Standard", 6003, "SRV-DC01")),
    *nmap_host("192.0.2.62", "srv-app02.beispiel.example", [nmap_port(445, "microsoft-ds")],
               nmap_discovery("Windows Server (R) 2008 Enterprise", 6002, "SRV-APP02")),
    *nmap_host("192.0.2.63", "srv-ts03.beispiel.example",
               [nmap_port(3389, "ms-wbt-server", nmap_script(
                   "rdp-ntlm-info", "Target_Name: BEISPIEL", "NetBIOS_Computer_Name: SRV-TS03",
                   "Product_Version: 6.0.6003", "System_Time: 2019-05-08T10:00:07+00:00"),
                          product="Microsoft Terminal Services", ostype="Windows")]),
    *nmap_host("192.0.2.64", "drucker-1.beispiel.example", [nmap_port(9100, "jetdirect")]),
    '<runstats><finished time="1557309700" exit="success"/></runstats>', "</nmaprun>",
    ""]).encode("utf-8")

INVENTORY = "\n".join([
    "host,version,service_pack,product,revision,site",
    "SRV-FILE01,6.0.6002,2,Windows Server 2008 Standard,24565,Werk Nord",
    "SRV-APP03,6.0.6003,2,Windows Server 2008 Standard,20489,Werk Nord",
    "SRV-FILE09,6.0.6003,2,Windows Server 2008 Standard,23717,Werk Nord",
    'SRV-BUH,6.0.6002,2,"Windows Server 2008 Enterprise, without Hyper-V",24499,ООО Пример',
    "SRV-ALT07,6.0.6001,1,Windows Server 2008 Standard,18000,Werk Süd",
    "PC-WERKSTATT,6.0.6003,2,Windows Vista Business,20605,Werk Süd",
    "SRV-NEU01,10.0.20348,,Windows Server 2022 Standard,2031,Werk Süd",
    "SRV-WEB06,6.0.6003,2,Windows Server 2008 Web Server,24001,Werk Süd",
    "SRV-UNKLAR,,,,,Werk Süd", ""]).encode("utf-8")

SAMPLES = {
    "server-2008-sp2-6002.txt": text(systeminfo(ENGLISH, FILE01, BEFORE)),
    "server-2008-6003-april-2019.reg": APRIL_2019,
    "server-2008-6003-final/registry.reg": FINAL,
    "server-2008-6003-final/systeminfo.txt": text(systeminfo(ENGLISH, FILE09, TO_THE_END)),
    "ubr-lags-behind-lab.reg": UBR_LAGS,
    "half-installed.reg": HALF_INSTALLED,
    "edited-registry/registry.reg": EDITED,
    "edited-registry/kernel-file.txt": EDITED_KERNEL,
    "servicing-stack-ahead.reg": STACK_ONLY,
    "vista-6003.txt": text(systeminfo(ENGLISH, WERKSTATT, [948465, 4474419, 4493730, 4499180])),
    "german-cp850.txt": text(systeminfo(GERMAN, DRUCK02, [948465, 4474419, 4493730, 4503273]),
                             "cp850"),
    "russian-cp866.txt": text(systeminfo(RUSSIAN, BUH, [948465, 955430, 4487023]), "cp866"),
    "ver-banner.txt": VER,
    "wine-6003.reg": WINE,
    "dns-banner.txt": DNS,
    "smb-native-os.txt": SMB,
    "inventory.csv": INVENTORY,
    "network-scan.xml": SCAN,
}


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    differ = 0
    for name, content in SAMPLES.items():
        path = HERE / name
        if not arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        elif not path.is_file() or path.read_bytes() != content:
            print(f"{path}: differs from what make.py writes")
            differ = 1
    known = {HERE / name for name in SAMPLES} | {HERE / "make.py", HERE / "meson.build"}
    for path in HERE.rglob("*"):
        if path.is_file() and path not in known:
            print(f"{path}: make.py does not know this file")
            differ = 1
    return differ


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
