// What a node says of itself: which calls it knows, and who else is in the cluster.
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { uuidMessage } from './wire.ts';

const SERVICE = 'event_store.client.streams.streams';

/** As the server gives them: in lower case, with the features a client may look for. */
const knownFeatures: Readonly<Record<string, readonly string[]>> = { read: ['position', 'events'], batchAppend: ['deadline_duration'] };

export const supportedMethods = (version: string): features.SupportedMethods => {
  const methods = Object.keys(StreamsService).map((name) =>
    new features.SupportedMethod()
      .setServiceName(SERVICE)
      .setMethodName(name.toLowerCase())
      .setFeaturesList([...(knownFeatures[name] ?? [])]),
  );
  return new features.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(methods);
};

/** A cluster of one, which leads. */
export const clusterInfo = (instance: string, host: string, port: number): gossip.ClusterInfo => {
  const member = new gossip.MemberInfo()
    .setInstanceId(uuidMessage(instance))
    .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
    .setState(gossip.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(host).setPort(port));
  return new gossip.ClusterInfo().setMembersList([member]);
};
