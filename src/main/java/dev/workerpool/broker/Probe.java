package dev.workerpool.broker;

import java.util.List;

/** What a broker answered when it was tried once, with everything a worker would use. */
public sealed interface Probe {

    /**
     * It works: connected, verified, logged in, answered.
     *
     * @param product such as redis
     * @param version such as 7.0.15
     * @param tls the protocol in use, such as TLSv1.3; empty on a plain connection
     * @param chain by which it was verified: its own certificate first, the authority that vouches last; empty on a
     *     plain connection
     * @param data by what its data is known again
     */
    record Answered(String product, String version, String tls, List<ServerCertificate> chain, DataSet data)
            implements Probe {
        public Answered {
            chain = List.copyOf(chain);
        }
    }

    /** It does not; {@code message} is for people, without secrets: what failed, and what would cure it. */
    record Failed(Cause cause, String message) implements Probe {}

    /** Why it does not: one word, used as a condition's reason. */
    enum Cause {
        /** The operator does not connect to such an address; nothing was tried. */
        AddressNotAllowed,
        /** The name does not resolve. */
        HostNotFound,
        /** Nothing listens there. */
        ConnectionRefused,
        /** No answer in time. */
        TimedOut,
        /** No known authority vouches for the certificate. */
        CertificateNotTrusted,
        /** The certificate is for other names. */
        CertificateNameMismatch,
        /** The certificate is not valid now. */
        CertificateExpired,
        /** The server does not speak TLS, or wants something else of it. */
        TlsHandshakeFailed,
        /** The server speaks no version of TLS that is still safe. */
        TlsProtocolTooOld,
        /** The server asks for a client certificate, and was given none. */
        ClientCertificateRequired,
        /** The server does not take the client certificate that it was presented. */
        ClientCertificateRefused,
        /** The connection is plain, and the server closed it as one that wants TLS does. */
        TlsRequired,
        /** User name or password is wrong. */
        LoginRefused,
        /** The server wants a password and none was given. */
        LoginRequired,
        /** The server has as many clients as it takes. */
        TooManyClients,
        /** There is no virtual host of that name, or the user may not enter it. */
        VirtualHostRefused,
        /** None of the sentinels answers. */
        SentinelsUnreachable,
        /** The sentinels refuse the login that they are given. */
        SentinelLoginRefused,
        /** The sentinels know no master of that name. */
        MasterUnknown,
        /** Who the sentinels say is the master says that it is none, as for a moment during a fail-over. */
        NotMaster,
        /** Something else, said in the message. */
        Failed
    }

    /** Whether this concerns trust rather than reach. */
    static boolean concernsTrust(Cause cause) {
        return switch (cause) {
            case CertificateNotTrusted,
                    CertificateNameMismatch,
                    CertificateExpired,
                    TlsHandshakeFailed,
                    TlsProtocolTooOld,
                    ClientCertificateRequired,
                    ClientCertificateRefused,
                    TlsRequired -> true;
            case AddressNotAllowed,
                    HostNotFound,
                    ConnectionRefused,
                    TimedOut,
                    LoginRefused,
                    LoginRequired,
                    TooManyClients,
                    VirtualHostRefused,
                    SentinelsUnreachable,
                    SentinelLoginRefused,
                    MasterUnknown,
                    NotMaster,
                    Failed -> false;
        };
    }

    /** Whether what answered has shown a certificate that is not to be believed. */
    static boolean concernsCertificate(Cause cause) {
        return cause == Cause.CertificateNotTrusted
                || cause == Cause.CertificateNameMismatch
                || cause == Cause.CertificateExpired;
    }
}
