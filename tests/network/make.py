#!/usr/bin/python3
"""Makes the evidence of the cases that are about networks, and the corpora of their fuzz targets.

usage: make.py            write the files
       make.py --check    say which of them differ from what it would write; exit 1 for any

SPDX-License-Identifier: MIT
"""

import pathlib
import sys

sys.dont_write_bytecode = True

from wire import (challenge, frame, frame6, hexdump, http_challenge, negotiate, nmap_host,
                  nmap_port, nmap_xml, pcap, pcapng, script, session_setup)

TESTS = pathlib.Path(__file__).resolve().parent.parent

STANDARD = "Windows Server (R) 2008 Standard"
W6003, W6002, W6001, W10 = (6, 0, 6003), (6, 0, 6002), (6, 0, 6001), (10, 0, 17763)


def discovery(product, build, service_pack, name):
    return script("smb-os-discovery", [
        f"OS: {product} {build} Service Pack {service_pack} ({product} 6.0)",
        "OS CPE: cpe:/o:microsoft:windows_server_2008::sp2",
        f"Computer name: {name.lower()}", f"NetBIOS computer name: {name}\\x00",
        "System time: 2019-05-08T12:00:05+02:00", ""])


def dns(word):
    return nmap_port(53, "domain", script("dns-nsid", [f"bind.version: Microsoft DNS {word}"]),
                     product="Microsoft DNS", version=word, ostype="Windows",
                     extrainfo="Windows Server 2008 SP2")


def rdp(build, name):
    return nmap_port(3389, "ms-wbt-server", script("rdp-ntlm-info", [
        "Target_Name: EXAMPLE", f"NetBIOS_Computer_Name: {name}",
        f"Product_Version: 6.0.{build}"]), ostype="Windows")


DONE = nmap_host("192.0.2.5", "srv1.example.com", dns("6.0.6003 (1773501D)"),
                 discovery(STANDARD, 6003, 2, "SRV1"))
OPEN = nmap_host("192.0.2.6", "srv2.example.com", rdp(6002, "SRV2"),
                 discovery(STANDARD, 6002, 2, "SRV2"))
PRINTER = nmap_host("192.0.2.7", "", nmap_port(9100, "jetdirect"))
# Nothing but signs of a Windows, and a guess.
QUIET = nmap_host("192.0.2.8", "", nmap_port(135, "msrpc", product="Microsoft Windows RPC",
                                             ostype="Windows")).replace(
    "</host>", '<os><osmatch name="Microsoft Windows Server 2008 SP2" accuracy="98"/></os></host>')
SPOOF = nmap_host("192.0.2.9", "", dns("6.0.6003 (1772501D)"))
HOSTILE = nmap_host("192.0.2.10", "<b>\u202eevil</b>", rdp(6003, "A&B<script>"),
                    discovery(STANDARD, 6003, 2, "A&B<script>"))

TEXT = """\
# Nmap 7.80 scan initiated Wed May  8 10:00:00 2019 as: nmap -sV -sC -oN - 192.0.2.0/24
Nmap scan report for srv1.example.com (192.0.2.5)
Host is up (0.00056s latency).
Not shown: 985 closed ports
PORT      STATE SERVICE      VERSION
53/tcp    open  domain       Microsoft DNS 6.0.6003 (1773501D) (Windows Server 2008 SP2)
| dns-nsid: 
|_  bind.version: Microsoft DNS 6.0.6003 (1773501D)
445/tcp   open  microsoft-ds Windows Server (R) 2008 Standard 6003 Service Pack 2 microsoft-ds
Service Info: Host: SRV1; OS: Windows; CPE: cpe:/o:microsoft:windows

Host script results:
|_nbstat: NetBIOS name: SRV1, NetBIOS user: <unknown>, NetBIOS MAC: 00:50:56:00:00:01 (VMware)
| smb-os-discovery: 
|   OS: Windows Server (R) 2008 Standard 6003 Service Pack 2 (Windows Server (R) 2008 Standard 6.0)
|   NetBIOS computer name: SRV1\\x00
|_  System time: 2019-05-08T12:00:05+02:00

Nmap scan report for 192.0.2.6
Host is up (0.00056s latency).
3389/tcp  open  ms-wbt-server Microsoft Terminal Services
| rdp-ntlm-info: 
|   NetBIOS_Computer_Name: SRV2
|_  Product_Version: 6.0.6002
Running: Microsoft Windows 2008

Nmap scan report for 192.0.2.7
Host is up (0.00056s latency).
9100/tcp  open  jetdirect

# Nmap done at Wed May  8 10:01:40 2019 -- 256 IP addresses (3 hosts up) scanned in 100.00 seconds
""".encode("ascii")

LIST = """\
$ nxc smb 192.0.2.0/24
SMB  192.0.2.5  445  SRV1  [*] Windows Server (R) 2008 Standard 6003 Service Pack 2 x32 (name:SRV1)
SMB  192.0.2.7  445  NAS   [*] Unix - Samba (name:NAS) (domain:example.com) (signing:False)
SMB  192.0.2.6  445  SRV2  [*] Windows 6.0 Build 6002 x64 (name:SRV2) (domain:example.com)
""".encode("ascii")

FRAMES = [
    frame("192.0.2.20", negotiate(W10)),
    frame("192.0.2.5", session_setup(STANDARD, 6003, 2, challenge(W6003, "SRV1",
                                                                  "srv1.example.com"))),
    frame("192.0.2.6", http_challenge(challenge(W6002, "SRV2")), 80),
    frame6(7, challenge(W6001, "SRV3"), 3389),
    # Samba: no version of Windows.
    frame("192.0.2.30", challenge((6, 1, 0), "NAS")),
    # A flag that says there is no version, and the NTLM of Windows 2000.
    frame("192.0.2.31", challenge(W6003, "NOFLAG", flags=1)),
    frame("192.0.2.32", challenge(W6003, "OLD", ntlm=10)),
]

CAPTURE = pcap(FRAMES)
CHALLENGE = challenge(W6003, "SRV1", "srv1.example.com")

CASES = {
    "network-nmap-xml/scan.xml": nmap_xml([DONE, OPEN, PRINTER, QUIET]),
    "network-nmap-utf16/scan.xml": nmap_xml([DONE, OPEN]).decode().encode("utf-16"),
    "network-nmap-text/scan.txt": TEXT,
    "network-nmap-cut/scan.xml": nmap_xml([DONE, OPEN], finished=False),
    "network-nmap-nobody/scan.xml": nmap_xml([PRINTER]),
    "network-nmap-spoof/scan.xml": nmap_xml([SPOOF]),
    "network-nmap-hostile/scan.xml": nmap_xml([HOSTILE]),
    "network-nmap-redact/scan.xml": nmap_xml([DONE, OPEN]),
    "network-nmap-nagios/scan.xml": nmap_xml([DONE, OPEN]),
    "network-nmap-together/scan.xml": nmap_xml([DONE, OPEN]),
    "network-nmap-one-together/scan.xml": nmap_xml([PRINTER, DONE]),
    "network-folder/evidence/scan.xml": nmap_xml([DONE, OPEN]),
    "network-batch/scans/a.xml": nmap_xml([DONE, OPEN]),
    "network-batch/scans/b.pcap": pcap([frame("192.0.2.6", challenge(W6001, "SRV4"))]),
    "network-batch/scans/c.txt": b"Microsoft Windows [Version 6.0.6003]\r\n",
    "network-netexec/list.txt": LIST,
    "network-pcap/capture.pcap": CAPTURE,
    "network-pcap-big-endian/capture.pcap": pcap(FRAMES, ">", 0xA1B23C4D),
    "network-pcapng/capture.pcapng": pcapng(FRAMES),
    "network-pcap-cut/capture.pcap": CAPTURE[:-10],
    "network-pcap-two-behind-one/capture.pcap": pcap([
        frame("192.0.2.5", session_setup(STANDARD, 6003, 2)),
        frame("192.0.2.5", challenge(W6002, "SRV1"))]),
    "network-dump-hex/dump.txt": b"$ hexdump -C reply\n" + hexdump(bytes(21) + CHALLENGE),
    "network-dump-bytes/reply.bin": bytes(range(256)) * 2 + CHALLENGE,
    "network-http-challenge/curl.txt": http_challenge(CHALLENGE),
}

CORPUS = {
    "capture/micro": CAPTURE,
    "capture/nano-big": pcap(FRAMES[1:3], ">", 0xA1B23C4D),
    "capture/modified": pcap(FRAMES[:2], "<", 0xA1B2CD34),
    "capture/ng": pcapng(FRAMES),
    "capture/ng-big": pcapng(FRAMES[1:4], ">"),
    "capture/raw-ip": pcap([FRAMES[1][14:], FRAMES[2][14:]], link=101),
    "capture/cooked": pcap([bytes(14) + b"\x08\0" + FRAMES[1][14:]], link=113),
    "capture/cooked2": pcap([b"\x08\0" + bytes(18) + FRAMES[1][14:]], link=276),
    "capture/null": pcap([b"\x02\0\0\0" + FRAMES[1][14:]], link=0),
    "capture/unknown-link": pcap([CHALLENGE], link=147),
    "capture/empty": pcap([]),
    "dump/bytes": bytes(range(256)) + CHALLENGE,
    "dump/hexdump": hexdump(CHALLENGE),
    "dump/plain-hex": CHALLENGE.hex().encode("ascii"),
    "dump/http": http_challenge(CHALLENGE) + b"\0" * 64,
    "nmap-xml/scan": nmap_xml([DONE, OPEN, PRINTER, QUIET, SPOOF]),
    "nmap-xml/hostile": nmap_xml([HOSTILE]),
    "nmap-xml/cut": nmap_xml([DONE])[:900],
    "nmap-xml/utf16": nmap_xml([OPEN]).decode().encode("utf-16"),
    "nmap-text/scan": TEXT,
    "nmap-text/old": b"Starting Nmap 4.76\nInteresting ports on srv1 (192.0.2.5):\n"
                     b"445/tcp open microsoft-ds\nHost script results:\n|  smb-os-discovery: "
                     b"Windows Server (R) 2008 Standard 6001 Service Pack 1\n|_ LAN Manager: "
                     b"Windows Server (R) 2008 Standard 6.0\n",
    "nmap-text/utf16": TEXT[:700].decode().encode("utf-16"),
    "scan-list/netexec": LIST,
    "scan-list/fscan": b"[*] 192.0.2.5 (Windows Server (R) 2008 Datacenter 6003 Service Pack 2)\n"
                       b"[+] 192.0.2.5 MS17-010\n"
                       b"[*] 192.0.2.6 (Windows Server (R) 2008 Datacenter 6002 Service Pack 2)\n",
    "xml/scan": nmap_xml([DONE]),
    "xml/entities": b"<!DOCTYPE a [<!ENTITY b '<c>'><!-- ] > -->]><a x='&lt;&#65;&#x42;&b;'>"
                    b"&amp;&gt;&quot;&apos;&#0;&#xFFFFFFFF;</a>",
    "xml/cdata": b"<?xml version='1.0'?><a><![CDATA[]]]]><![CDATA[<b>]]]></a>",
    "xml/utf16-big": "\ufeff<a>\u00fc<b/></a>".encode("utf-16-be"),
    "xml/broken": b"<a><b x=1></a>",
    "xml/deep": b"<a>" * 70,
}


def main(arguments):
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    differ = 0
    for folder, files in (("cases", CASES), ("fuzz/corpus", CORPUS)):
        for name, content in files.items():
            path = TESTS / folder / name
            if not arguments:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            elif not path.is_file() or path.read_bytes() != content:
                print(f"{path}: differs from what make.py writes")
                differ = 1
    return differ


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
