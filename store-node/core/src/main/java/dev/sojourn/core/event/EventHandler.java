package dev.sojourn.core.event;

/** One method for each kind of {@link Event}. */
public interface EventHandler {
  void onExecuteRequested(Event.ExecuteRequested event);

  void onMessageReceived(Event.MessageReceived event);

  void onRecordLoaded(Event.RecordLoaded event);

  void onLoadFailed(Event.LoadFailed event);

  void onCommitted(Event.Committed event);

  void onTimerFired(Event.TimerFired event);

  void onRecordDue(Event.RecordDue event);

  void onPeerConnected(Event.PeerConnected event);

  void onPeerDisconnected(Event.PeerDisconnected event);

  void onStorageSpaceChanged(Event.StorageSpaceChanged event);

  void onDrainStarted(Event.DrainStarted event);

  void onNamespacesChanged(Event.NamespacesChanged event);

  void onPolicyChanged(Event.PolicyChanged event);

  void onResidencyDue(Event.ResidencyDue event);

  void onDirectoryTrusted(Event.DirectoryTrusted event);

  void onHomeForgot(Event.HomeForgot event);
}
