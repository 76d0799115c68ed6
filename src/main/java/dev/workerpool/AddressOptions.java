package dev.workerpool;

import dev.workerpool.broker.AddressRules;
import dev.workerpool.broker.Cidr;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say where the operator may connect to for a Broker. */
final class AddressOptions {
    @Option(
            names = "--allow-address",
            paramLabel = "CIDR",
            split = ",",
            converter = Block.class,
            description =
                    "Connect to Brokers there although such addresses are refused otherwise: loopback, link-local, "
                            + "clouds' metadata, multicast, the API server; may be repeated. All others are allowed anyway")
    List<Cidr> allowed = List.of();

    @Option(
            names = "--deny-address",
            paramLabel = "CIDR",
            split = ",",
            converter = Block.class,
            description = "Never connect to a Broker there, whatever is allowed; may be repeated")
    List<Cidr> denied = List.of();

    AddressRules rules() {
        return new AddressRules(allowed, denied);
    }

    /** Reads one block. */
    static final class Block implements ITypeConverter<Cidr> {
        @Override
        public Cidr convert(String text) {
            try {
                return Cidr.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
