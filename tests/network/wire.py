"""What travels between machines, and how captures and scans write it down.

Challenges follow MS-NLMP 2.2.1.2, the answer to SMB's session setup MS-SMB 2.2.4.6.2, captures
the pcap and pcapng drafts of the IETF. Addresses are those set aside for documentation.

SPDX-License-Identifier: MIT
"""

import base64
import struct
import xml.sax.saxutils as saxutils

# 2019-05-08 10:00:00 UTC
TAKEN = 1557309600
UNICODE, VERSION = 1, 0x02000000


def filetime(seconds):
    return (seconds + 11644473600) * 10000000


def pair(number, value):
    return struct.pack("<HH", number, len(value)) + value


def version_block(version, ntlm=15):
    major, minor, build = version
    return struct.pack("<BBHxxxB", major, minor, build, ntlm)


def challenge(version, name, dns="", seconds=TAKEN, flags=UNICODE | VERSION, ntlm=15):
    """Type 2: what a server says of itself."""
    info = pair(1, name.encode("utf-16-le"))
    if dns:
        info += pair(3, dns.encode("utf-16-le"))
    if seconds:
        info += pair(7, struct.pack("<Q", filetime(seconds)))
    info += pair(0, b"")
    return (b"NTLMSSP\0" + struct.pack("<I", 2) + bytes(8) + struct.pack("<I", flags) + bytes(16) +
            struct.pack("<HHI", len(info), len(info), 56) + version_block(version, ntlm) + info)


def negotiate(version):
    """Type 1: what a client says of itself."""
    return (b"NTLMSSP\0" + struct.pack("<II", 1, VERSION) + bytes(16) + version_block(version))


def session_setup(product, build, service_pack, blob=b""):
    """SMB 1's answer with the native OS and LAN manager."""
    texts = ""
    for text in (f"{product} {build} Service Pack {service_pack}", f"{product} 6.0"):
        texts += text + "\0"
    head = (b"\xffSMB\x73" + bytes(4) + b"\x88" + struct.pack("<H", 0xC807) + bytes(20) + b"\x04" +
            b"\xff" + bytes(5) + struct.pack("<H", len(blob)))
    data = blob + bytes((len(head) + 2 + len(blob)) % 2) + texts.encode("utf-16-le")
    return head + struct.pack("<H", len(data)) + data


def http_challenge(message):
    return (b"HTTP/1.1 401 Unauthorized\r\nServer: Microsoft-IIS/7.0\r\n"
            b"WWW-Authenticate: NTLM " + base64.b64encode(message) + b"\r\nContent-Length: 0\r\n"
            b"\r\n")


def ipv4(address):
    return bytes(map(int, address.split(".")))


def frame(sender, payload, port=445):
    """Ethernet, IPv4, TCP."""
    tcp = struct.pack(">HHIIBBHHH", port, 49200, 1, 1, 0x50, 0x18, 8192, 0, 0) + payload
    ip = struct.pack(">BBHIBBH", 0x45, 0, 20 + len(tcp), 0, 128, 6, 0)
    return bytes(12) + b"\x08\0" + ip + ipv4(sender) + ipv4("192.0.2.1") + tcp


def frame6(sender_end, payload, port=445):
    """The same with IPv6, behind a VLAN tag; the sender is 2001:db8::SENDER_END."""
    tcp = struct.pack(">HHIIBBHHH", port, 49200, 1, 1, 0x50, 0x18, 8192, 0, 0) + payload
    address = bytes.fromhex("20010db8") + bytes(10) + struct.pack(">H", sender_end)
    ip = struct.pack(">IHBB", 0x60000000, len(tcp), 6, 64) + address + address[:15] + b"\x01"
    return bytes(12) + bytes.fromhex("8100000586dd") + ip + tcp


def pcap(frames, order="<", magic=0xA1B2C3D4, link=1):
    out = struct.pack(order + "IHHIIII", magic, 2, 4, 0, 0, 262144, link)
    for one in frames:
        out += struct.pack(order + "IIII", TAKEN, 0, len(one), len(one)) + one
    return out


def block(order, kind, body):
    body += bytes(-len(body) % 4)
    length = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + length + body + length


def pcapng(frames, order="<", link=1):
    out = block(order, 0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1))
    # if_tsresol: nanoseconds
    out += block(order, 1, struct.pack(order + "HHI", link, 0, 262144) +
                 struct.pack(order + "HHBxxx", 9, 1, 9) + bytes(4))
    time = TAKEN * 10**9
    for one in frames:
        out += block(order, 6, struct.pack(order + "IIIII", 0, time >> 32, time & 0xFFFFFFFF,
                                           len(one), len(one)) + one)
    return out


def hexdump(message):
    """As hexdump -C."""
    lines = []
    for at in range(0, len(message), 16):
        row = message[at:at + 16]
        cells = " ".join(f"{byte:02x}" for byte in row[:8])
        cells = f"{cells:23}  " + " ".join(f"{byte:02x}" for byte in row[8:])
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        lines.append(f"{at:08x}  {cells:48}  |{text}|\n")
    return "".join(lines).encode("ascii")


# ---- nmap -------------------------------------------------------------------------------------

def script(name, lines):
    output = "".join(f"\n  {line}" for line in lines)
    return f"<script id={saxutils.quoteattr(name)} output={saxutils.quoteattr(output)}/>"


def nmap_host(address, name="", ports="", scripts=""):
    names = f'<hostname name={saxutils.quoteattr(name)} type="PTR"/>' if name else ""
    return (f'<host starttime="{TAKEN}"><status state="up" reason="syn-ack"/>\n'
            f'<address addr="{address}" addrtype="ipv4"/>\n<hostnames>{names}</hostnames>\n'
            f"<ports>{ports}</ports>\n<hostscript>{scripts}</hostscript>\n</host>\n")


def nmap_port(port, service, scripts="", **attributes):
    attributes = "".join(f" {key}={saxutils.quoteattr(value)}"
                         for key, value in attributes.items())
    return (f'<port protocol="tcp" portid="{port}"><state state="open"/>'
            f'<service name="{service}"{attributes}/>{scripts}</port>\n')


def nmap_xml(hosts, finished=True):
    end = '<runstats><finished exit="success"/></runstats>\n</nmaprun>\n'
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n'
            "<!-- Nmap 7.80 scan initiated Wed May  8 10:00:00 2019 as: nmap -sV -sC -oX - "
            "192.0.2.0/24 -->\n"
            f'<nmaprun scanner="nmap" start="{TAKEN}" version="7.80">\n' + "".join(hosts) +
            (end if finished else "")).encode("utf-8")
