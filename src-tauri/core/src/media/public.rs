//! Which addresses are on the public internet, and which lead to this computer, its network, or nowhere.
//!
//! The standard library's `IpAddr::is_global` would say it, but is not stable. This list is stricter: of IPv6 only what is
//! given out to networks (`2000::/3`) is public, so whatever is invented elsewhere stays out. Source: IANA's registries of
//! special-purpose addresses (RFC 6890 and its successors).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a provider may be at this address.
pub(super) const fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

const fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = a == 0 // "this network"
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || a == 100 && b & 0xc0 == 64 // behind a carrier's NAT
        || a == 192 && b == 0 && c == 0 // protocol assignments
        || a == 192 && b == 88 && c == 99 // relays of 6to4
        || a == 198 && b & 0xfe == 18 // benchmarks
        || address.is_documentation()
        || a >= 224; // multicast, reserved, broadcast
    !special
}

/// All forms that carry an IPv4 address (mapped, compatible, 6to4, Teredo) are refused, whatever they carry: no provider has
/// one. NAT64 is the exception, since a network that has only IPv6 reaches every IPv4 host by it; there, the address that it
/// stands for is judged. A NAT64 under a prefix of the network's own cannot be told from other addresses.
const fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    if let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = segments {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        return is_public_v4(Ipv4Addr::new(a, b, c, d));
    }
    let [first, second, ..] = segments;
    let given_out = first & 0xe000 == 0x2000;
    let special = match (first, second) {
        (0x2001, 0..0x200) => true, // protocol assignments, Teredo and benchmarks among them
        (0x2001, 0xdb8) | (0x3fff, 0..0x1000) => true, // documentation
        (0x2002, _) => true,        // 6to4
        _ => false,
    };
    given_out && !special
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::is_public;

    #[test]
    fn public_addresses_are_public() {
        let table = [
            "1.1.1.1",
            "8.8.8.8",
            "31.13.84.53",
            "57.144.0.1",
            "99.255.255.255",
            "100.63.255.255",
            "100.128.0.0",
            "157.240.1.60",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2a03:2880:f10e:83:face:b00c:0:25de",
            "2606:4700::1111",
            "64:ff9b::9df0:13c", // NAT64 of 157.240.1.60
        ];
        for text in table {
            assert!(is_public(text.parse().expect("an address")), "{text}");
        }
    }

    #[test]
    fn all_others_are_not() {
        let table = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::10.1.2.3",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::8.8.8.8",
            "100::1",
            "2001::1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "2002:808:808::1",
            "3fff::1",
            "4000::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456:789a::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "ff0e::1",
        ];
        for text in table {
            assert!(!is_public(text.parse().expect("an address")), "{text}");
        }
    }

    /// An address that `Ipv4Addr` itself calls special.
    fn special_v4() -> impl Strategy<Value = Ipv4Addr> {
        any::<Ipv4Addr>().prop_flat_map(|address| {
            let [_, b, c, d] = address.octets();
            prop_oneof![
                Just(Ipv4Addr::new(10, b, c, d)),
                Just(Ipv4Addr::new(127, b, c, d)),
                Just(Ipv4Addr::new(100, 64 | b & 63, c, d)),
                Just(Ipv4Addr::new(169, 254, c, d)),
                Just(Ipv4Addr::new(172, 16 | b & 15, c, d)),
                Just(Ipv4Addr::new(192, 168, c, d)),
                Just(Ipv4Addr::new(224 | b & 31, b, c, d)),
            ]
        })
    }

    fn v6(high: [u16; 6], address: Ipv4Addr) -> IpAddr {
        let [a, b, c, d] = address.octets();
        let low = [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])];
        let [h0, h1, h2, h3, h4, h5] = high;
        Ipv6Addr::new(h0, h1, h2, h3, h4, h5, low[0], low[1]).into()
    }

    proptest! {
        #[test]
        fn no_special_address_passes_in_any_form(address in special_v4(), server in any::<Ipv4Addr>(), rest in any::<[u16; 5]>()) {
            let [a, b, c, d] = address.octets();
            let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
            let [s0, s1, s2, s3] = server.octets();
            let (s_high, s_low) = (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([s2, s3]));
            let forms: [IpAddr; 8] = [
                address.into(),
                v6([0, 0, 0, 0, 0, 0xffff], address), // mapped
                v6([0; 6], address), // compatible
                v6([0, 0, 0, 0, 0xffff, 0], address), // translated (SIIT)
                v6([0x64, 0xff9b, 0, 0, 0, 0], address), // NAT64
                v6([0x64, 0xff9b, 1, rest[0], rest[1], rest[2]], address), // NAT64, local
                Ipv6Addr::new(0x2002, high, low, rest[0], rest[1], rest[2], rest[3], rest[4]).into(), // 6to4
                Ipv6Addr::new(0x2001, 0, s_high, s_low, rest[0], rest[1], !high, !low).into(), // Teredo
            ];
            for form in forms {
                prop_assert!(!is_public(form), "{form}");
            }
        }

        #[test]
        fn nothing_outside_the_public_block_passes(address in any::<Ipv6Addr>()) {
            let public_block = address.segments()[0] & 0xe000 == 0x2000;
            let nat64 = address.segments()[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
            prop_assert!(public_block || nat64 || !is_public(address.into()));
        }
    }
}
